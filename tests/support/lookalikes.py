"""Two workspaces full of rows that look alike: same names, numbers, e-mails and states; only ids differ.

What leaks from one into the other would be missed if the other were empty.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

ROLES = ("admin", "supervisor", "operator", "developer")
PASSWORD = "correct horse battery"
# The same password, hashed with the cheapest parameters: a test that signs in should not pay 30 ms for it.
PASSWORD_HASH = "$argon2id$v=19$m=1024,t=1,p=1$yxtZY34MklakpiCwyJQY0Q$jAyz2BWET9Zsm80Vncs4DHI8656rnLK9uGwi2/HWffU"
NUMBERS = ("+48601000001", "+48601000002", "+380671000003", "+491711000004", "+48601000005")
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_NAMESPACE = UUID("0199c0de-0000-7000-8000-000000000000")

Row = dict[str, Any]


@dataclass(frozen=True)
class Seed:
    """The ids of one workspace's rows: `seed.id("contact", 1)` counts from 1, users go by their role."""

    slug: str

    def id(self, kind: str, which: int | str = 1) -> UUID:
        return uuid5(_NAMESPACE, f"{self.slug}/{kind}/{which}")

    def email(self, role: str) -> str:
        return f"{role}@example.com"

    def token(self, role: str) -> str:
        """The bearer token of that role's user."""
        return f"ry_{self.slug}_{role}"


def rows(seed: Seed, schema: str) -> dict[str, list[Row]]:
    """Everything in one workspace, by table, in an order that foreign keys allow."""
    return {
        "users": [_user(seed, number, role) for number, role in enumerate(ROLES, 1)],
        "tokens": [_token(seed, role) for role in ROLES],
        **_contact_base(seed),
        **_import(seed, schema),
        **_campaign(seed, schema),
        **_calls(seed, schema),
        **_lists(seed, schema),
    }


def _user(seed: Seed, number: int, role: str) -> Row:
    return {
        "id": seed.id("user", role),
        "login": seed.email(role),
        "email": seed.email(role),
        "name": f"Anna {role.title()}",
        "role": role,
        "password_hash": PASSWORD_HASH,
        "extension": f"10{number}",
        "sip_password": f"sip-{number}",
    }


def _token(seed: Seed, role: str) -> Row:
    return {
        "id": seed.id("token", role),
        "user_id": seed.id("user", role),
        "name": "tests",
        "token_hash": sha256(seed.token(role).encode()).digest(),
    }


def _contact_base(seed: Seed) -> dict[str, list[Row]]:
    return {
        "bases": [
            {"id": seed.id("base", 1), "name": "Customers", "group_name": "Poland"},
            {"id": seed.id("base", 2), "name": "Prospects"},
        ],
        "categories": [{"id": seed.id("category"), "name": "Important", "colour": "#d63939"}],
        "outcomes": [
            {"id": seed.id("outcome", 1), "name": "Agreed", "kind": "success", "position": 1},
            {"id": seed.id("outcome", 2), "name": "Do not call", "kind": "do_not_call", "position": 2},
        ],
        "contacts": [_contact(seed, n) for n in range(1, len(NUMBERS) + 1)],
        "phones": [_phone(seed, n, number) for n, number in enumerate(NUMBERS, 1)],
        **_on_the_card(seed),
    }


def _on_the_card(seed: Seed) -> dict[str, list[Row]]:
    """What the first contact has beside its fields."""
    contact = {"contact_id": seed.id("contact", 1)}
    document = {"name": "contract.pdf", "file_key": f"{seed.slug}/documents/1", "content_type": "application/pdf"}
    return {
        "custom_fields": [
            {"id": seed.id("custom_field"), "key": "tariff", "name": "Tariff", "kind": "choice", "choices": ["A", "B"]}
        ],
        "favourites": [{"user_id": seed.id("user", "operator"), **contact}],
        "contact_comments": [
            {"id": seed.id("comment"), "user_id": seed.id("user", "operator"), "text": "Call after six", **contact}
        ],
        "documents": [
            {"id": seed.id("document"), "size": 4, "created_by": seed.id("user", "operator"), **document, **contact}
        ],
    }


def _contact(seed: Seed, n: int) -> Row:
    return {
        "id": seed.id("contact", n),
        "base_id": seed.id("base", 1 if n < 5 else 2),
        "name": f"Jan Kowalski {n}",
        "email": f"jan{n}@example.com",
        "timezone": "Europe/Warsaw",
        "responsible_id": seed.id("user", "operator"),
        "category_ids": [seed.id("category")] if n == 1 else [],
        "external_id": f"crm-{n}",
        "modified_at": AT + timedelta(minutes=n),
    }


def _phone(seed: Seed, n: int, number: str) -> Row:
    return {
        "contact_id": seed.id("contact", n),
        "position": 0,
        "number": number,
        "kind": "mobile",
        "region": {"+48": "PL", "+38": "UA", "+49": "DE"}[number[:3]],
        "timezone": "Europe/Warsaw",
    }


def _import(seed: Seed, schema: str) -> dict[str, list[Row]]:
    done = {
        "id": seed.id("import"),
        "base_id": seed.id("base", 1),
        "file_name": "customers.csv",
        "file_key": f"{schema}/imports/{seed.id('import')}.csv",
        "size": 120,
        "encoding": "utf-8",
        "delimiter": ",",
        "columns": ["name", "phone"],
        "country": "PL",
        "header": True,
        "state": "done",
        "texts_done_at": AT,
        "rows": 5,
        "added": 4,
        "junk": 1,
        "created_by": seed.id("user", "admin"),
    }
    junk = {
        "id": seed.id("junk"),
        "import_id": seed.id("import"),
        "base_id": seed.id("base", 1),
        "row_number": 5,
        "column_number": 2,
        "cells": ["Jan Kowalski", "not a number"],
        "reason": "not_a_number",
    }
    template = {
        "id": seed.id("import_template"),
        "name": "Monthly list",
        "headings": ["Nazwa", "Telefon"],
        "width": 2,
        "settings": {"columns": ["name", "phone"], "header": True},
    }
    return {"imports": [done], "junk": [junk], "import_templates": [template]}


def _campaign(seed: Seed, schema: str) -> dict[str, list[Row]]:
    scenario = {"id": seed.id("scenario"), "name": "Daytime", "destination_target": "default"}
    campaign = {
        "id": seed.id("campaign"),
        "name": "Autumn",
        "base_id": seed.id("base", 1),
        "scenario_id": seed.id("scenario"),
        "trunk_id": seed.id("trunk"),
        "caller_id": "+48221234567",
        "record": True,
        "state": "paused",
        "started_at": AT,
    }
    return {
        "audio": [
            {"id": seed.id("audio"), "name": "Greeting", "state": "ready", "file_key": f"{schema}/audio/greeting.wav"}
        ],
        "trunks": [{"id": seed.id("trunk"), "name": "Carrier", "kind": "sandbox"}],
        "scenarios": [scenario],
        "campaigns": [campaign],
        "targets": [_target(seed, n) for n in range(1, 5)],
    }


def _target(seed: Seed, n: int) -> Row:
    return {
        "campaign_id": seed.id("campaign"),
        "contact_id": seed.id("contact", n),
        "state": "done" if n == 1 else "waiting",
        "reason": "answered" if n == 1 else "",
        "zone": "Europe/Warsaw",
        "due_at": AT + timedelta(hours=1),
    }


def _calls(seed: Seed, schema: str) -> dict[str, list[Row]]:
    recording = {
        "id": seed.id("recording"),
        "call_id": seed.id("call", 1),
        "file_key": recording_key(seed, schema),
        "content_type": "audio/wav",
        "size": len(RECORDED),
        "duration_s": 20.0,
    }
    return {
        "calls": [_call(seed, n, result) for n, result in enumerate(("answered", "busy", "no_answer"), 1)],
        "recordings": [recording],
    }


def _call(seed: Seed, n: int, result: str) -> Row:
    begin = AT + timedelta(minutes=n)
    answered = result == "answered"
    return {
        "id": seed.id("call", n),
        "campaign_id": seed.id("campaign"),
        "contact_id": seed.id("contact", n),
        "trunk_id": seed.id("trunk"),
        "number": NUMBERS[n - 1],
        "caller_id": "+48221234567",
        "node": "node1",
        "state": "ended",
        "result": result,
        "queued_at": begin,
        "reserved_at": begin,
        "originated_at": begin,
        "answered_at": begin + timedelta(seconds=5) if answered else None,
        "ended_at": begin + timedelta(seconds=25),
        "talk_s": 20.0 if answered else 0.0,
        "billed_s": 20 if answered else 0,
        "recording_id": seed.id("recording") if answered else None,
    }


def _lists(seed: Seed, schema: str) -> dict[str, list[Row]]:
    """Nobody in these workspaces has the number that must not be called."""
    blocking = {
        "id": seed.id("blocking"),
        "file_name": "stop.csv",
        "file_key": f"{schema}/do_not_call/{seed.id('blocking')}",
        "state": "done",
        "rows": 2,
        "added": 1,
        "junk": 1,
        "junk_rows": [[2, "nobody", "letters"]],
    }
    consent = {
        "id": seed.id("consent"),
        "contact_id": seed.id("contact"),
        "source": "Form on our site",
        "text": "Calls about offers",
        "given_at": AT,
        "created_by": seed.id("user", "admin"),
    }
    erasure = {
        "id": seed.id("erasure"),
        "kind": "erase",
        "value": {"counts": {"contacts": 1}, "import_ids": [str(seed.id("import"))]},
        "state": "done",
        "created_by": seed.id("user", "admin"),
    }
    search = {
        "id": seed.id("search"),
        "user_id": seed.id("user", "admin"),
        "name": "New in Poland",
        "shared": False,
        "filter": {"status": "new", "region": "PL"},
    }
    return {
        "operations": [erasure, _operation(seed)],
        "searches": [search],
        "consents": [consent],
        "do_not_call": [{"number": "+48601999999", "reason": "Asked in a letter", "source": "manual"}],
        "do_not_call_imports": [blocking],
    }


def _operation(seed: Seed) -> Row:
    return {
        "id": seed.id("operation"),
        "kind": "responsible",
        "value": {"agent_id": str(seed.id("user", "operator")), "name": "Anna Operator"},
        "state": "done",
        "total": 5,
        "position": 5,
        "created_by": seed.id("user", "admin"),
    }


RECORDED = b"RIFF" + bytes(range(256)) * 8


def recording_key(seed: Seed, schema: str) -> str:
    return f"{schema}/recordings/{seed.id('call', 1)}.wav"
