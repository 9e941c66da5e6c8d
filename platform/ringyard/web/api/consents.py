"""`/contacts/{id}/consents`: what a person agreed to, when and where, with its proof."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.consents import service
from tenants.consents.fields import ConsentFields, ConsentView, Withdrawal


class ConsentController(Controller):
    path = "/contacts/{contact_id:uuid}/consents"
    tags = ("Contacts",)

    @get("/", right=Right.VIEW_CONTACTS, summary="A contact's consents, the latest given first")
    @in_workspace
    async def list_consents(
        self, contact_id: FromPath[UUID], limit: Limit = 50, cursor: Cursor = None
    ) -> Page[ConsentView]:
        return await service.list_consents(contact_id, limit, cursor)

    @post("/", right=Right.EDIT_CONTACTS, summary="Record a consent; its proof is a file of the contact")
    @in_workspace
    async def create(
        self, request: WebRequest, contact_id: FromPath[UUID], data: JSONBody[ConsentFields]
    ) -> ConsentView:
        return await service.add_consent(contact_id, data, signed_in(request).id)

    @get("/{consent_id:uuid}", right=Right.VIEW_CONTACTS, summary="One consent")
    @in_workspace
    async def show(self, contact_id: FromPath[UUID], consent_id: FromPath[UUID]) -> ConsentView:
        return await service.consent(contact_id, consent_id)

    @post("/{consent_id:uuid}/withdraw", right=Right.EDIT_CONTACTS, summary="Withdraw a consent", status_code=200)
    @in_workspace
    async def withdraw(
        self, request: WebRequest, contact_id: FromPath[UUID], consent_id: FromPath[UUID], data: JSONBody[Withdrawal]
    ) -> ConsentView:
        return await service.withdraw(contact_id, consent_id, data, signed_in(request).id)
