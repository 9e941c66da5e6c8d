"""What a customer writes into a trunk, what they see of it, and what is wrong with it. Pure."""

import re
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.names import name_problems, range_problems

Kind = Literal["ip", "register", "sandbox"]
MOST_CHANNELS = 1000
MOST_CPS = 100
_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_CALLER_ID = re.compile(r"\+?[0-9]{2,15}")


class TrunkFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`max_cps` is new calls per second; the password is written and never shown."""

    name: str
    kind: Kind
    host: str = ""
    port: int = 5060
    username: str = ""
    password: str = ""
    max_channels: int = 30
    max_cps: int = 5
    caller_id: str = ""


class TrunkChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    host: str | UnsetType = UNSET
    port: int | UnsetType = UNSET
    username: str | UnsetType = UNSET
    password: str | UnsetType = UNSET
    max_channels: int | UnsetType = UNSET
    max_cps: int | UnsetType = UNSET
    caller_id: str | UnsetType = UNSET


class TrunkView(msgspec.Struct, frozen=True, kw_only=True):
    """`status`: `ready` (sandbox), `unknown` until calls tell, else what the calls told."""

    id: UUID
    name: str
    kind: Kind
    host: str
    port: int
    username: str
    max_channels: int
    max_cps: int
    caller_id: str
    status: str
    created_at: datetime


def problems(fields: TrunkFields) -> list[FieldError]:
    return [
        *name_problems(fields.name),
        *_address(fields),
        *range_problems("max_channels", fields.max_channels, 1, MOST_CHANNELS),
        *range_problems("max_cps", fields.max_cps, 1, MOST_CPS),
        *caller_id_problems(fields.caller_id),
    ]


def caller_id_problems(caller_id: str) -> list[FieldError]:
    if not caller_id or _CALLER_ID.fullmatch(caller_id):
        return []
    return [FieldError("caller_id", _("Write the number with digits only and a leading +, for example +48221234567."))]


def _address(fields: TrunkFields) -> list[FieldError]:
    if fields.kind == "sandbox":
        return []
    found = []
    if not _HOST.fullmatch(fields.host):
        found.append(FieldError("host", _("Write the carrier's host name or IP address, without a port.")))
    if not 0 < fields.port < 65536:
        found.append(FieldError("port", _("Choose a port from 1 to 65535.")))
    if fields.kind == "register" and not fields.username:
        found.append(FieldError("username", _("A registering trunk needs the user name the carrier gave you.")))
    return found
