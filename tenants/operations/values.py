"""What an operation gives to its contacts: checked against the workspace, and kept with the name it has now.

Inside an open workspace transaction.
"""

from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.errors import invalid
from ringyard.kit.text import _
from tenants.contacts.fields import status_problems
from tenants.operations.fields import Change

LONGEST_REASON = 500
_THING = {
    "category_add": ("category_id", "categories"),
    "category_remove": ("category_id", "categories"),
    "responsible": ("agent_id", "users"),
    "base": ("base_id", "bases"),
}


async def checked(kind: Change, value: str | None) -> tuple[Change, dict[str, Any]]:
    """The kind and its value as they are stored: the status `do_not_call` is the kind of that name. Raises Invalid."""
    if kind in _THING:
        return kind, await _thing(kind, value)
    if kind == "status" and value == "do_not_call":
        return "do_not_call", {"reason": ""}
    if kind == "status":
        return kind, {"status": _status(value)}
    if kind == "do_not_call":
        return kind, {"reason": _reason(value or "")}
    if value is not None:
        raise invalid("value", _("Nothing is to be given here."))
    return kind, {}


def argument(kind: str, value: dict[str, Any]) -> Any:
    """What the SQL of a slice takes."""
    if kind in _THING:
        chosen = value[_THING[kind][0]]
        return UUID(chosen) if chosen else None
    return value["status"] if kind == "status" else value.get("reason")


async def _thing(kind: Change, value: str | None) -> dict[str, Any]:
    key, table = _THING[kind]
    if not value:
        if kind == "responsible":
            return {key: None}
        raise invalid("value", _missing(kind))
    try:
        chosen = UUID(value)
    except ValueError as error:
        raise invalid("value", _missing(kind)) from error
    name = await connection().fetchval(f"select name from {table} where id = $1", chosen)
    if name is None:
        raise invalid("value", _missing(kind))
    return {key: str(chosen), "name": name}


def _missing(kind: Change) -> str:
    if kind == "base":
        return _("There is no such base.")
    return _("There is no such agent.") if kind == "responsible" else _("There is no such category.")


def _status(value: str | None) -> str:
    if not value:
        raise invalid("value", _("Choose a status."))
    for problem in status_problems(value):
        raise invalid("value", problem.message)
    return value


def _reason(value: str) -> str:
    if len(value) > LONGEST_REASON:
        raise invalid("value", _("At most {most} characters.", most=LONGEST_REASON))
    return value.strip()
