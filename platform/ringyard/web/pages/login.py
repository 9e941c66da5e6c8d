"""Signing in to a workspace, and out of it."""

from typing import Any

from litestar import Response, get, post

from ringyard.accounts.signing_in import sign_in
from ringyard.web import cookies, sessions
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, client_address, open_session


def inside(path: str | None) -> str:
    """A path of this site to go on to; anything that could lead elsewhere becomes the dashboard."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or any(c in path for c in "\r\n\t\\"):
        return "/"
    return path


async def _form(request: WebRequest, form: Form) -> Response[Any]:
    target = form.values.get("next") or request.query_params.get("next")
    return page(request, "account/login.html.j2", form=form, next=inside(target))


@get("/login", public=True)
async def login_form(request: WebRequest) -> Response[Any]:
    if request.user is not None:
        return to(request, inside(request.query_params.get("next")))
    return await _form(request, Form())


@post("/login", public=True, status_code=303)
@shown_again(_form)
async def login(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    account = await sign_in(form.text("login"), form.secret("password"), client_address(request))
    response = to(request, inside(form.text("next")))
    cookies.hand_out(response, await sessions.begin(account, request.cookies.get(cookies.session_name())))
    return response


@post("/logout", public=True, status_code=303)
async def logout(request: WebRequest) -> Response[Any]:
    opened = open_session(request)
    if opened is not None:
        await sessions.end(opened[1])
    response = to(request, "/login")
    cookies.take_back(response)
    return response


ROUTES = [login_form, login, logout]
