"""The step from the apex to one's new workspace: a secret that signs its owner in, once."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from ringyard.accounts import onetime
from ringyard.kit.text import _
from ringyard.web import cookies, sessions
from ringyard.web.forms import to
from ringyard.web.request import WebRequest
from tenants.agents import credentials
from tenants.context import current
from tenants.workspace import workspace


@get("/handover/{secret:str}", public=True)
async def take_over(request: WebRequest, secret: FromPath[str]) -> Response[Any]:
    """An unknown or used secret leads to the sign-in page, without a word why."""
    user_id = await onetime.redeem(current().schema, "handover", secret)
    if user_id is None:
        return to(request, "/login")
    async with workspace():
        account = await credentials.by_id(UUID(user_id))
    if account is None:
        return to(request, "/login")
    token = await sessions.begin(
        account,
        request.cookies.get(cookies.session_name()),
        notices=[{"kind": "success", "text": _("Welcome! {name} is ready.", name=current().name)}],
    )
    response = to(request, "/")
    cookies.hand_out(response, token)
    return response


ROUTES = [take_over]
