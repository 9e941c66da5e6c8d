"""Agents: the list, inviting one, changing one, and the SIP account of an agent's phone."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from ringyard.accounts import passwords, phones, recovery
from ringyard.accounts.rights import ROLE_NAMES, Right
from ringyard.kit.errors import invalid
from ringyard.kit.mail import MailNotSent
from ringyard.kit.settings import settings
from ringyard.kit.text import _
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.transactional import in_workspace
from tenants.agents import service as agents

PAGE_SIZE = 50


def roles() -> list[tuple[str, str]]:
    return [(role.value, _(name)) for role, name in ROLE_NAMES.items()]


@get("/agents", right=Right.VIEW_AGENTS)
@in_workspace
async def agent_list(
    request: WebRequest, q: FromQuery[str] = "", cursor: FromQuery[str | None] = None
) -> Response[Any]:
    found = await agents.list_agents(PAGE_SIZE, cursor, q=q.strip()[:100])
    template = "agents/_list.html.j2" if is_htmx(request) else "agents/list.html.j2"
    return page(request, template, found=found, q=q, cursor=cursor, role_names=dict(roles()))


@in_workspace
async def _invite_form(request: WebRequest, form: Form) -> Response[Any]:
    proposed = await agents.propose_extension()
    return page(request, "agents/invite.html.j2", form=form, roles=roles(), proposed=proposed)


@get("/agents/new", right=Right.EDIT_AGENTS)
async def invite_form(request: WebRequest) -> Response[Any]:
    return await _invite_form(request, Form())


@post("/agents", right=Right.EDIT_AGENTS, status_code=303)
@shown_again(_invite_form)
async def invite(request: WebRequest) -> Response[Any]:
    """With a password the administrator tells it; without one the new user gets a link by mail."""
    form = await Form.of(request)
    password = form.secret("password")
    if password:
        passwords.check(password)
    elif "@" not in form.text("login"):
        raise invalid(
            "password", _("Give a password, or an e-mail address as login: then a link to set one is mailed.")
        )
    agent = await _create(form, await passwords.hashed(password) if password else None)
    await _tell(request, agent, mailed=not password)
    return to(request, f"/agents/{agent.id}")


@in_workspace
async def _create(form: Form, password_hash: str | None) -> agents.Agent:
    agent = await agents.create(
        agents.NewAgent(
            name=form.text("name"),
            login=form.text("login"),
            role=form.text("role"),
            password_hash=password_hash,
            extension=form.text("extension") or None,
        )
    )
    phones.follow(agent.id)
    return agent


async def _tell(request: WebRequest, agent: agents.Agent, *, mailed: bool) -> None:
    if not mailed:
        await notice(request, _("{name} can sign in now.", name=agent.name))
        return
    try:
        await recovery.invite(settings(), agent.login)
    except MailNotSent:
        await notice(request, _("{name} is made, but the invitation could not be mailed.", name=agent.name), "warning")
    else:
        await notice(request, _("{name} has been sent a link to set a password.", name=agent.name))


@in_workspace
async def _read(agent_id: UUID) -> agents.Agent:
    return await agents.get(agent_id)


async def _edit_form(request: WebRequest, form: Form) -> Response[Any]:
    agent = await _read(UUID(str(request.path_params["agent_id"])))
    sip = await phones.account(agent.id)
    return page(request, "agents/edit.html.j2", form=form, agent=agent, sip=sip, roles=roles())


@get("/agents/{agent_id:uuid}", right=Right.EDIT_AGENTS)
async def edit_form(request: WebRequest, agent_id: FromPath[UUID]) -> Response[Any]:
    return await _edit_form(request, Form())


@post("/agents/{agent_id:uuid}", right=Right.EDIT_AGENTS, status_code=303)
@shown_again(_edit_form)
async def change(request: WebRequest, agent_id: FromPath[UUID]) -> Response[Any]:
    form = await Form.of(request)
    changes: dict[str, Any] = {name: form.text(name) for name in ("name", "login", "role", "extension")}
    if form.secret("password"):
        passwords.check(form.secret("password"))
        changes["password_hash"] = await passwords.hashed(form.secret("password"))
    agent = await _change(agent_id, changes)
    await notice(request, _("{name} is saved.", name=agent.name))
    return to(request, "/agents")


@post("/agents/{agent_id:uuid}/active", right=Right.EDIT_AGENTS, status_code=303)
async def set_active(request: WebRequest, agent_id: FromPath[UUID]) -> Response[Any]:
    """Deactivating ends the user's sessions and tokens at once; the history keeps the name."""
    on = (await Form.of(request)).text("active") == "yes"
    agent = await _change(agent_id, {"active": on})
    sentence = _("{name} is active again.") if on else _("{name} is deactivated.")
    await notice(request, sentence.format(name=agent.name))
    return to(request, f"/agents/{agent_id}")


@in_workspace
async def _change(agent_id: UUID, changes: dict[str, Any]) -> agents.Agent:
    agent = await agents.change(agent_id, changes)
    phones.follow(agent_id)
    return agent


ROUTES = [agent_list, invite_form, invite, edit_form, change, set_active]
