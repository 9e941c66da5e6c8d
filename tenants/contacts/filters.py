"""What a list of contacts can be asked for: by filter, text and sort. Pure, and as JSON the same in saved searches."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from tenants.contacts.fields import Status

Sort = Literal["-modified", "modified", "-created", "created", "name", "-name"]
"""A minus turns the order round: the last modified first is the usual one."""

NOBODY = UUID(int=0)
"""As `agent_id`: contacts that nobody is responsible for."""


class ContactFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All of these at once. Times are inclusive from, exclusive to; `agent_id` is who is responsible.

    `group` is the group of the contact's base, `favourite_of` the user whose favourite it is; `custom` holds values
    that own fields have to the letter. `q` is what was typed into the search box.
    """

    base_id: UUID | None = None
    group: str | None = None
    category_id: UUID | None = None
    agent_id: UUID | None = None
    outcome_id: UUID | None = None
    status: Status | None = None
    modified_from: datetime | None = None
    modified_to: datetime | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    region: str | None = None
    import_id: UUID | None = None
    favourite_of: UUID | None = None
    has_email: bool | None = None
    custom: dict[str, str] = {}
    q: str = ""
