"""One's own account: name, password, phone, and API tokens."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts import passwords, phones
from ringyard.accounts.rights import Right
from ringyard.accounts.signing_in import confirm_password
from ringyard.kit.text import _
from ringyard.web import cookies, sessions
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, client_address, signed_in
from ringyard.web.transactional import in_workspace
from tenants.agents import credentials, tokens
from tenants.agents import service as agents
from tenants.agents.credentials import Account


async def _profile(request: WebRequest, form: Form) -> Response[Any]:
    sip = await phones.account(signed_in(request).id)
    return page(request, "account/profile.html.j2", form=form, sip=sip)


@get("/profile", right=Right.OWN_ACCOUNT)
async def profile(request: WebRequest) -> Response[Any]:
    return await _profile(request, Form())


@post("/profile", right=Right.OWN_ACCOUNT, status_code=303)
@shown_again(_profile)
@in_workspace
async def rename(request: WebRequest) -> Response[Any]:
    await agents.change(signed_in(request).id, {"name": (await Form.of(request)).text("name")})
    await notice(request, _("Your profile is saved."))
    return to(request, "/profile")


@post("/profile/password", right=Right.OWN_ACCOUNT, status_code=303)
@shown_again(_profile)
async def change_password(request: WebRequest) -> Response[Any]:
    """Ends every other session of the user; this one goes on under a new cookie."""
    form, account = await Form.of(request), signed_in(request).account
    passwords.check(form.secret("password"))
    await confirm_password(account.login, form.secret("current"), client_address(request))
    changed = await _store(account.id, await passwords.hashed(form.secret("password")))
    said = [{"kind": "success", "text": _("Your new password is set. Other sessions of yours have ended.")}]
    token = await sessions.begin(changed, request.cookies.get(cookies.session_name()), said)
    response = to(request, "/profile")
    cookies.hand_out(response, token)
    return response


@in_workspace
async def _store(user_id: UUID, password_hash: str) -> Account:
    await agents.change(user_id, {"password_hash": password_hash})
    account = await credentials.by_id(user_id)
    assert account is not None
    return account


@in_workspace
async def _tokens(request: WebRequest, form: Form, secret: str = "") -> Response[Any]:
    known = await tokens.of_user(signed_in(request).id)
    return page(request, "account/tokens.html.j2", form=form, tokens=known, secret=secret)


@get("/settings/tokens", right=Right.OWN_ACCOUNT)
async def token_list(request: WebRequest) -> Response[Any]:
    return await _tokens(request, Form())


@post("/settings/tokens", right=Right.OWN_ACCOUNT, status_code=200)
@shown_again(_tokens)
async def create_token(request: WebRequest) -> Response[Any]:
    """The secret is on this one answer and nowhere else."""
    secret = await _make(signed_in(request).id, (await Form.of(request)).text("name"))
    return await _tokens(request, Form(), secret)


@in_workspace
async def _make(user_id: UUID, name: str) -> str:
    return await tokens.create(user_id, name)


@post("/settings/tokens/{token_id:uuid}/revoke", right=Right.OWN_ACCOUNT, status_code=303)
@in_workspace
async def revoke_token(request: WebRequest, token_id: FromPath[UUID]) -> Response[Any]:
    await tokens.revoke(signed_in(request).id, token_id)
    await notice(request, _("The token is revoked."))
    return to(request, "/settings/tokens")


ROUTES = [profile, rename, change_password, token_list, create_token, revoke_token]
