"""`/contacts/{id}/person` and `/erasures`: everything about one person, exported or erased in one action."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from ringyard.accounts.rights import Right
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.erasing import service
from tenants.erasing.export import archive
from tenants.erasing.fields import EraseOrder, Erasure, Person
from tenants.erasing.people import person_of

_ZIP = "application/zip"


async def sent(contact_id: UUID, only: list[UUID] | None = None) -> Response[Any]:
    """Raises NotFound."""
    headers = {"content-disposition": "attachment; filename=person.zip", "cache-control": "private, no-store"}
    return Stream(await archive(contact_id, only), media_type=_ZIP, headers=headers)


class PersonController(Controller):
    path = "/contacts/{contact_id:uuid}/person"
    tags = ("Personal data",)

    @get("/", right=Right.ERASE_PEOPLE, summary="The contacts of all bases that share a number or the e-mail address")
    @in_workspace
    async def show(self, contact_id: FromPath[UUID]) -> Person:
        return await person_of(contact_id)

    @get(
        "/file",
        right=Right.ERASE_PEOPLE,
        summary="All of this person's data as a ZIP file",
        responses={200: ResponseSpec(bytes, generate_examples=False, description="The file", media_type=_ZIP)},
    )
    async def export(self, contact_id: FromPath[UUID]) -> Response[Any]:
        return await sent(contact_id)

    @post("/erase", right=Right.ERASE_PEOPLE, summary="Erase all of this person's data")
    @in_workspace
    async def erase(self, request: WebRequest, contact_id: FromPath[UUID], data: JSONBody[EraseOrder]) -> Erasure:
        """Calls stay in the reports without number and contact. Refused during a call."""
        return await service.erase(contact_id, data, signed_in(request).id)


class ErasureController(Controller):
    path = "/erasures"
    tags = ("Personal data",)

    @get("/{erasure_id:uuid}", right=Right.ERASE_PEOPLE, summary="How far an erasure is, and what it did")
    @in_workspace
    async def show(self, erasure_id: FromPath[UUID]) -> Erasure:
        return await service.erasure(erasure_id)
