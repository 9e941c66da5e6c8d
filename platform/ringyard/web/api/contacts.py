"""`/contacts/{id}`: one of the people who are called. Why it is not being called now is told by `api.campaigns`."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.web.authors import author
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.contacts import service
from tenants.contacts.fields import ContactChange, ContactFields, ContactView


class ContactController(Controller):
    path = "/contacts"
    tags = ["Contacts"]

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
