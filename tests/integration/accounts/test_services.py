"""A service that is switched off takes its routes, pages and menu entries with it."""

import pytest

from ringyard.accounts import services
from tenants.context import Tenant
from tests.conftest import Client


@pytest.mark.parametrize(
    ("key", "closed", "open_"), [("crm", "/contacts", "/campaigns"), ("dialer", "/campaigns", "/contacts")]
)
async def test_a_service_switched_off_closes_its_routes_and_no_others(
    api: Client, page_client: Client, tenant: Tenant, key: str, closed: str, open_: str
) -> None:
    client, pages = await api("admin"), await page_client("admin")
    await services.switch(tenant, key, on=False)
    refused = await client.get(closed)
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/service-inactive"
    assert (await client.get(open_)).status_code == 200
    assert (await pages.get(closed)).status_code == 403
    menu = (await pages.get("/profile")).text
    assert f'href="{closed}"' not in menu
    assert f'href="{open_}"' in menu


async def test_it_comes_back_at_once_when_switched_on(api: Client, tenant: Tenant) -> None:
    client = await api("admin")
    await services.switch(tenant, "crm", on=False)
    assert "crm" not in (await client.get("/me")).json()["services"]
    await services.switch(tenant, "crm", on=True)
    assert (await client.get("/contacts")).status_code == 200


@pytest.mark.changes_other  # its token notes that it was used
async def test_a_workspace_s_services_do_not_touch_another_s(api: Client, tenant: Tenant) -> None:
    await services.switch(tenant, "crm", on=False)
    assert (await (await api("admin", slug="other")).get("/contacts")).status_code == 200
