"""The audit on a client card: who changed what, the last first."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.change_lines import SOURCES, is_creation, lines
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.contacts.changes import list_changes
from tenants.contacts.choices import list_choices
from tenants.custom_fields.service import every_custom_field

_PAGE = 15


@get("/contacts/{contact_id:uuid}/changes", right=Right.VIEW_CONTACTS)
@in_workspace
async def changes(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """The whole part, or behind `cursor` the next lines for its end."""
    cursor = request.query_params.get("cursor") or None
    found, choices = await list_changes(contact_id, _PAGE, cursor), await list_choices()
    own = {field.key: field.name for field in await every_custom_field()}
    shown = [(change, is_creation(change), lines(change, choices, own)) for change in found.items]
    template = "contacts/card/change_items.html.j2" if cursor else "contacts/card/changes.html.j2"
    return page(
        request, template, contact_id=contact_id, shown=shown, next_cursor=found.next_cursor, choices=choices,
        sources=SOURCES,
    )  # fmt: skip


ROUTES = [changes]
