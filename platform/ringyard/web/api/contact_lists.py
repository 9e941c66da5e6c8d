"""`GET /contacts` and `/contacts/total`: contacts by filter, text and sort."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.contacts.fields import Status
from tenants.contacts.filters import ContactFilter, Sort
from tenants.contacts.search import ContactPage, list_contacts
from tenants.contacts.totals import Total, exact_total

_Agent = Annotated[UUID | None, QueryParameter(description="Who is responsible; only zeros mean nobody")]
_Text = Annotated[str, QueryParameter(max_length=200, description="Parts of a name or e-mail, or digits of a number")]
_Custom = Annotated[list[str] | None, QueryParameter(description="`key:value` of an own field; may repeat")]


async def asked(
    request: WebRequest,
    base_id: FromQuery[UUID | None] = None,
    group: FromQuery[str | None] = None,
    category_id: FromQuery[UUID | None] = None,
    agent_id: _Agent = None,
    outcome_id: FromQuery[UUID | None] = None,
    status: FromQuery[Status | None] = None,
    modified_from: FromQuery[datetime | None] = None,
    modified_to: FromQuery[datetime | None] = None,
    created_from: FromQuery[datetime | None] = None,
    created_to: FromQuery[datetime | None] = None,
    region: FromQuery[str | None] = None,
    import_id: FromQuery[UUID | None] = None,
    favourite: FromQuery[bool] = False,
    has_email: FromQuery[bool | None] = None,
    custom: _Custom = None,
    q: _Text = "",
) -> ContactFilter:
    """The filter in the address. `favourite`: the user's own stars."""
    pairs = (one.partition(":") for one in custom or [])
    return ContactFilter(
        base_id=base_id,
        group=group,
        category_id=category_id,
        agent_id=agent_id,
        outcome_id=outcome_id,
        status=status,
        modified_from=modified_from,
        modified_to=modified_to,
        created_from=created_from,
        created_to=created_to,
        region=region,
        import_id=import_id,
        favourite_of=signed_in(request).id if favourite else None,
        has_email=has_email,
        custom={key: value for key, _colon, value in pairs},
        q=q,
    )


class ContactListController(Controller):
    path = "/contacts"
    tags = ["Contacts"]
    dependencies = {"chosen": Provide(asked)}

    @get("/", right=Right.VIEW_CONTACTS, summary="Contacts by filters, the last modified first")
    @in_workspace
    async def list_contacts(
        self,
        chosen: NamedDependency[ContactFilter],
        sort: FromQuery[Sort] = "-modified",
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> ContactPage:
        """Filters are joined by `and`. Seven digits or more are also found in numbers whose search text is not yet
        written, up to some minutes after a large import.
        """
        return await list_contacts(chosen, limit, cursor, sort)

    @get("/total", right=Right.VIEW_CONTACTS, summary="How many contacts the filters let through")
    @in_workspace
    async def total(self, chosen: NamedDependency[ContactFilter]) -> Total:
        """All of them if they can be counted in a moment; else `exact` is false and there are more than `count`."""
        return await exact_total(chosen)
