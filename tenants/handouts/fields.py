"""Numbers handed to agents, as they are asked for and seen. Pure."""

from datetime import datetime
from uuid import UUID

import msgspec

from tenants.contacts.fields import ContactView


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many contacts of a base, or of a category of it; as many as the limit allows where `count` is left out."""

    base_id: UUID
    category_id: UUID | None = None
    count: int | None = None


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """`taken` contacts came now; the agent has `held` undialed numbers and may have `limit`."""

    taken: list[UUID]
    held: int
    limit: int


class Handout(msgspec.Struct, frozen=True, kw_only=True):
    """A contact in an agent's hands. `calls` were made to it ever, the last with `last_result`; `dialed`: since it was
    handed. `last_comment` is the newest of its comments; `listed` numbers must not be called."""

    agent_id: UUID
    agent: str
    handed_at: datetime
    contact: ContactView
    listed: list[str]
    dialed: bool
    calls: int
    last_call_at: datetime | None
    last_result: str | None
    last_comment: str | None
