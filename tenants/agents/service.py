"""Users of a workspace: made, changed, deactivated and never deleted, since history names them.

Runs inside an open workspace transaction. Password hashes are made by the caller.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, by_name, page
from ringyard.kit.text import _
from tenants.events import emit

ROLES = ("admin", "supervisor", "operator", "developer")
STATES = ("offline", "ready", "ringing", "talking", "wrap_up", "paused")
CHOSEN_STATES = ("offline", "ready", "paused")
"""States an agent may go to by hand; the others follow from calls."""

_LOGIN = re.compile(r"[^\s@]{2,60}(@[^\s@]{1,60}\.[^\s@]{1,60})?|[^\s@]{1,60}@[^\s@]{1,100}")
_EXTENSION = re.compile(r"[1-9]\d{1,5}")
_COLUMNS = "id, login, email, name, role, extension, active, state, state_since, created_at"


@dataclass(frozen=True, slots=True)
class Agent:
    """A user as lists and the API show it."""

    id: UUID
    login: str
    email: str | None
    name: str
    role: str
    extension: str | None
    active: bool
    state: str
    state_since: datetime
    created_at: datetime


def _agent(row: asyncpg.Record | None) -> Agent:
    assert row is not None  # the statement returns what it wrote
    return Agent(**row)


async def get(agent_id: UUID) -> Agent:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_COLUMNS} from users where id = $1", agent_id)
    if row is None:
        raise NotFound(_("There is no such agent."))
    return _agent(row)


async def list_agents(limit: int, cursor: str | None, *, active: bool | None = None, q: str = "") -> Page[Agent]:
    """By name. `q` is a part of name or login, or how the extension begins. Raises Invalid for a foreign cursor."""
    after = by_name(cursor) or (None, None)
    rows = await connection().fetch(
        f"""select {_COLUMNS} from users
            where ($1::text is null or (lower(name), id) > ($1, $2::uuid))
              and ($3::bool is null or active = $3)
              and ($4 = '' or lower(name) like '%' || $4 || '%' or lower(login) like '%' || $4 || '%'
                   or extension like $4 || '%')
            order by lower(name), id limit $5""",
        *after, active, _escaped(q.lower()), limit + 1,
    )  # fmt: skip
    return page(rows, limit, _agent, lambda row: (row["name"].lower(), row["id"]))


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


async def propose_extension() -> str:
    """The lowest free number from 101 on."""
    number = await connection().fetchval(
        """select min(n) from generate_series(101, 100000) n
           where not exists (select 1 from users where extension = n::text)"""
    )
    return str(number)


@dataclass(frozen=True, slots=True)
class NewAgent:
    name: str
    login: str
    role: str
    password_hash: str | None
    email: str | None = None
    extension: str | None = None


async def create(new: NewAgent) -> Agent:
    """A user with an own extension and SIP password. Raises Invalid with every wrong field."""
    _check({"name": new.name, "login": new.login, "role": new.role, "extension": new.extension})
    extension = new.extension or await propose_extension()
    try:
        row = await connection().fetchrow(
            f"""insert into users (id, login, email, name, role, password_hash, extension, sip_password)
                values ($1, $2, $3, $4, $5, $6, $7, $8) returning {_COLUMNS}""",
            new_id(), new.login, new.email or (new.login if "@" in new.login else None), new.name, new.role,
            new.password_hash, extension, secrets.token_urlsafe(15),
        )  # fmt: skip
    except asyncpg.UniqueViolationError as error:
        raise _taken(error) from None
    agent = _agent(row)
    emit("agent.created", agent_id=agent.id)
    return agent


async def change(agent_id: UUID, changes: dict[str, Any]) -> Agent:
    """Set the named fields: name, login, email, role, extension, active, password_hash.

    Raises NotFound, Invalid, and Conflict when no active administrator would be left.
    """
    before = await get(agent_id)
    _check(changes)
    if not changes:
        return before
    names = list(changes)
    sets = ", ".join(f"{name} = ${index}" for index, name in enumerate(names, start=2))
    try:
        row = await connection().fetchrow(
            f"update users set {sets} where id = $1 returning {_COLUMNS}", agent_id, *(changes[name] for name in names)
        )
    except asyncpg.UniqueViolationError as error:
        raise _taken(error) from None
    if before.role == "admin" and before.active:
        await _demand_an_administrator()
    emit("agent.changed", agent_id=agent_id)
    return _agent(row)


@dataclass(frozen=True, slots=True)
class Line:
    """What a user's SIP account is made of; `number` counts the users of the workspace."""

    number: int
    extension: str | None
    sip_password: str | None
    active: bool


async def line(agent_id: UUID) -> Line:
    """Raises NotFound."""
    row = await connection().fetchrow(
        "select number, extension, sip_password, active from users where id = $1", agent_id
    )
    if row is None:
        raise NotFound(_("There is no such agent."))
    return Line(**row)


async def _demand_an_administrator() -> None:
    """The rows are locked, so that two administrators cannot demote each other at the same moment."""
    left = await connection().fetch("select id from users where role = 'admin' and active order by id for update")
    if not left:
        raise Conflict(_("A workspace keeps at least one active administrator."))


async def set_state(agent_id: UUID, state: str) -> Agent:
    """An agent goes offline, ready or paused by hand. Raises Invalid, NotFound, and Conflict while in a call."""
    if state not in CHOSEN_STATES:
        raise invalid("state", _("Choose one of: {states}.", states=", ".join(CHOSEN_STATES)))
    before = await get(agent_id)
    if not before.active:
        raise Conflict(_("This agent is not active."))
    row = await connection().fetchrow(
        f"""update users set state = $2, state_since = case when state = $2 then state_since else now() end
            where id = $1 and state not in ('ringing', 'talking') returning {_COLUMNS}""",
        agent_id, state,
    )  # fmt: skip
    if row is None:
        raise Conflict(_("This agent is in a call."))
    emit("agent.state", agent_id=agent_id, state=state)
    return _agent(row)


def _check(fields: dict[str, Any]) -> None:
    wrong = [FieldError(name, text) for name, text in _wrong(fields)]
    if wrong:
        raise Invalid(_("Some fields need another value."), wrong)


def _wrong(fields: dict[str, Any]) -> list[tuple[str, str]]:
    wrong = []
    if "name" in fields and not 1 <= len(fields["name"].strip()) <= 80:
        wrong.append(("name", _("A name has 1 to 80 characters.")))
    if "login" in fields and not _LOGIN.fullmatch(fields["login"]):
        wrong.append(("login", _("A login is a word of 2 to 60 characters or an e-mail address.")))
    if "role" in fields and fields["role"] not in ROLES:
        wrong.append(("role", _("Choose one of: {roles}.", roles=", ".join(ROLES))))
    if fields.get("extension") and not _EXTENSION.fullmatch(fields["extension"]):
        wrong.append(("extension", _("An extension has 2 to 6 digits and begins with no zero.")))
    return wrong


def _taken(error: asyncpg.UniqueViolationError) -> Invalid:
    if error.constraint_name == "users_extension_key":
        return invalid("extension", _("Another agent has this extension."))
    return invalid("login", _("Another user has this login."))
