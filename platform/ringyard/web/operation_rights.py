"""Who may ask for which bulk work: each kind of it needs the right that the same work on one contact needs."""

from uuid import UUID

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Forbidden, NotFound
from ringyard.kit.text import _
from ringyard.web.request import WebRequest, signed_in
from tenants.operations.fields import OperationView
from tenants.operations.service import operation

_RIGHTS = {"delete": Right.DELETE_CONTACTS, "export": Right.EXPORT_CONTACTS}


def may(request: WebRequest, kind: str) -> bool:
    return signed_in(request).can(_RIGHTS.get(kind, Right.EDIT_CONTACTS))


def check(request: WebRequest, kind: str) -> None:
    """Raises Forbidden."""
    if not may(request, kind):
        raise Forbidden(_("Your role does not allow this. An administrator of your workspace can change it."))


def only_of(request: WebRequest) -> UUID | None:
    """Whose operations this user sees: only their own, or with the right to manage lists everybody's (None)."""
    user = signed_in(request)
    return None if user.can(Right.EDIT_LISTS) else user.id


async def seen(request: WebRequest, operation_id: UUID) -> OperationView:
    """An operation that this user may see. Inside a workspace transaction. Raises NotFound."""
    view = await operation(operation_id)
    if only_of(request) not in (None, view.created_by):
        raise NotFound(_("There is no such operation."))
    return view


async def workable(request: WebRequest, operation_id: UUID) -> OperationView:
    """One that this user may begin, stop, take back or fetch the file of. Raises NotFound, Forbidden."""
    view = await seen(request, operation_id)
    check(request, view.kind)
    return view
