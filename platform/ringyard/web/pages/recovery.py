"""Forgotten passwords and invitations: asking for a link, and setting the password by it."""

from typing import Any

from litestar import Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.params import FromPath

from ringyard.accounts import recovery
from ringyard.kit.settings import settings
from ringyard.kit.text import _
from ringyard.web import cookies, sessions
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, client_address


@get("/forgotten", public=True)
async def forgotten_form(request: WebRequest) -> Response[Any]:
    return page(request, "account/forgotten.html.j2", sent=False)


@post("/forgotten", public=True, status_code=200)
async def forgotten(request: WebRequest) -> Response[Any]:
    """The answer is the same, and as quick, for a login that nobody has: the mail is written after it."""
    login = (await Form.of(request)).text("login")
    await recovery.limit(login, client_address(request))
    response = page(request, "account/forgotten.html.j2", sent=True)
    response.background = BackgroundTask(recovery.send_link, settings(), login)
    return response


async def _form(request: WebRequest, form: Form) -> Response[Any]:
    secret = request.path_params["secret"]
    account = await recovery.owner(secret)
    return page(request, "account/password.html.j2", form=form, secret=secret, account=account)


@get("/password/{secret:str}", public=True)
async def password_form(request: WebRequest, secret: FromPath[str]) -> Response[Any]:
    return await _form(request, Form())


@post("/password/{secret:str}", public=True, status_code=303)
@shown_again(_form)
async def set_password(request: WebRequest, secret: FromPath[str]) -> Response[Any]:
    password = (await Form.of(request)).secret("password")
    account = await recovery.set_by_link(secret, password)
    token = await sessions.begin(
        account,
        request.cookies.get(cookies.session_name()),
        notices=[{"kind": "success", "text": _("Your new password is set.")}],
    )
    response = to(request, "/")
    cookies.hand_out(response, token)
    return response


ROUTES = [forgotten_form, forgotten, password_form, set_password]
