"""The calls report: a page of calls with the names of their contacts and campaigns."""

from tenants.calls.search import CallFilter, search_lines
from tenants.context import Tenant
from tenants.workspace import workspace
from tests.support.lookalikes import NUMBERS


async def test_a_line_names_its_contact_and_campaign_newest_first(in_tenant: Tenant) -> None:
    async with workspace():
        page = await search_lines(CallFilter())
    assert [(line.number, line.contact_name, line.campaign_name) for line in page.items] == [
        (NUMBERS[n], f"Jan Kowalski {n + 1}", "Autumn") for n in (2, 1, 0)
    ]
