"""`/agents`: the users of a workspace. They are deactivated by PATCH and never deleted."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from ringyard.accounts import passwords, phones
from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.guards import demand
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.agents import service as agents

RoleName = Literal["admin", "supervisor", "operator", "developer"]


class AgentOut(msgspec.Struct):
    id: UUID
    name: str
    login: str
    email: str | None
    role: RoleName
    extension: str | None
    queue_ids: list[UUID]
    state: Literal["offline", "ready", "ringing", "talking", "wrap_up", "paused"]
    since: datetime
    active: bool


class NewAgent(msgspec.Struct, forbid_unknown_fields=True):
    """Without a password the user cannot sign in on pages; without an extension the next free one is given."""

    name: str
    login: str
    role: RoleName = "operator"
    email: str | None = None
    password: str | None = None
    extension: str | None = None


class AgentChanges(msgspec.Struct, forbid_unknown_fields=True):
    name: str | msgspec.UnsetType = msgspec.UNSET
    login: str | msgspec.UnsetType = msgspec.UNSET
    email: str | msgspec.UnsetType | None = msgspec.UNSET
    role: RoleName | msgspec.UnsetType = msgspec.UNSET
    extension: str | msgspec.UnsetType = msgspec.UNSET
    active: bool | msgspec.UnsetType = msgspec.UNSET
    password: str | msgspec.UnsetType = msgspec.UNSET


class NewState(msgspec.Struct, forbid_unknown_fields=True):
    state: Literal["offline", "ready", "paused"]


def out(agent: agents.Agent) -> AgentOut:
    return AgentOut(
        id=agent.id,
        name=agent.name,
        login=agent.login,
        email=agent.email,
        role=agent.role,  # type: ignore[arg-type]
        extension=agent.extension,
        queue_ids=[],
        state=agent.state,  # type: ignore[arg-type]
        since=agent.state_since,
        active=agent.active,
    )


class AgentController(Controller):
    path = "/agents"
    tags = ("Agents",)

    @get("/", right=Right.VIEW_AGENTS, summary="Users of the workspace by name")
    @in_workspace
    async def list_agents(
        self,
        limit: Limit = 50,
        cursor: Cursor = None,
        active: Annotated[bool | None, QueryParameter(description="Only active or only deactivated users")] = None,
        q: Annotated[
            str, QueryParameter(description="Part of name or login, or begin of the extension", max_length=100)
        ] = "",
    ) -> Page[AgentOut]:
        found = await agents.list_agents(limit, cursor, active=active, q=q)
        return Page([out(agent) for agent in found.items], found.next_cursor)

    @get("/{agent_id:uuid}", right=Right.VIEW_AGENTS, summary="One user")
    @in_workspace
    async def get_agent(self, agent_id: FromPath[UUID]) -> AgentOut:
        return out(await agents.get(agent_id))

    @post("/", right=Right.EDIT_AGENTS, summary="Make a user")
    async def create_agent(self, data: JSONBody[NewAgent]) -> AgentOut:
        return await _create(data, await _hash(data.password))

    @patch("/{agent_id:uuid}", right=Right.EDIT_AGENTS, summary="Change or deactivate a user")
    async def change_agent(self, agent_id: FromPath[UUID], data: JSONBody[AgentChanges]) -> AgentOut:
        changes: dict[str, Any] = {
            name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET
        }
        if "password" in changes:
            changes["password_hash"] = await _hash(changes.pop("password"))
        return await _change(agent_id, changes)

    @post("/{agent_id:uuid}/state", right=Right.OWN_ACCOUNT, status_code=200, summary="Go ready, paused or offline")
    @in_workspace
    async def set_state(self, request: WebRequest, agent_id: FromPath[UUID], data: JSONBody[NewState]) -> AgentOut:
        if agent_id != signed_in(request).id:
            demand(signed_in(request), Right.EDIT_AGENTS)
        return out(await agents.set_state(agent_id, data.state))


async def _hash(password: str | None) -> str | None:
    """Before the transaction, which must not wait for it."""
    if password is None:
        return None
    passwords.check(password)
    return await passwords.hashed(password)


@in_workspace
async def _create(data: NewAgent, password_hash: str | None) -> AgentOut:
    new = agents.NewAgent(data.name, data.login, data.role, password_hash, data.email, data.extension)
    agent = await agents.create(new)
    phones.follow(agent.id)
    return out(agent)


@in_workspace
async def _change(agent_id: UUID, changes: dict[str, Any]) -> AgentOut:
    agent = await agents.change(agent_id, changes)
    phones.follow(agent_id)
    return out(agent)
