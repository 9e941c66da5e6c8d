"""`/contacts`: the people who are called. Why one is not being called now is told by `api.dialing`."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.authors import author
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.contacts import service
from tenants.contacts.fields import ContactChange, ContactFields, ContactView, Status
from tenants.contacts.search import ContactFilter, Sort, list_contacts


class ContactController(Controller):
    path = "/contacts"
    tags = ["Contacts"]

    @get("/", right=Right.VIEW_CONTACTS, summary="Contacts by filters, the last modified first")
    @in_workspace
    async def list_contacts(
        self,
        base_id: FromQuery[UUID | None] = None,
        category_id: FromQuery[UUID | None] = None,
        agent_id: FromQuery[UUID | None] = None,
        outcome_id: FromQuery[UUID | None] = None,
        status: FromQuery[Status | None] = None,
        modified_from: FromQuery[datetime | None] = None,
        modified_to: FromQuery[datetime | None] = None,
        q: FromQuery[str] = "",
        sort: FromQuery[Sort] = "-modified",
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[ContactView]:
        """`q`: words of a name or e-mail, or digits of a number."""
        chosen = ContactFilter(
            base_id=base_id,
            category_id=category_id,
            agent_id=agent_id,
            outcome_id=outcome_id,
            status=status,
            modified_from=modified_from,
            modified_to=modified_to,
            q=q,
        )
        return await list_contacts(chosen, limit, cursor, sort)

    @post("/", right=Right.EDIT_CONTACTS, summary="Make a contact")
    @in_workspace
    async def create(self, request: WebRequest, data: JSONBody[ContactFields]) -> ContactView:
        """Local numbers are completed from the workspace's country."""
        return await service.create_contact(data, author(request))

    @get("/{contact_id:uuid}", right=Right.VIEW_CONTACTS, summary="One contact")
    @in_workspace
    async def show(self, contact_id: FromPath[UUID]) -> ContactView:
        return await service.contact(contact_id)

    @patch("/{contact_id:uuid}", right=Right.EDIT_CONTACTS, summary="Change the fields that are named")
    @in_workspace
    async def change(
        self, request: WebRequest, contact_id: FromPath[UUID], data: JSONBody[ContactChange]
    ) -> ContactView:
        return await service.change_contact(contact_id, data, author(request))

    @delete("/{contact_id:uuid}", right=Right.DELETE_CONTACTS, summary="Delete a contact; its calls stay")
    @in_workspace
    async def remove(self, request: WebRequest, contact_id: FromPath[UUID]) -> None:
        await service.delete_contact(contact_id, author(request))
