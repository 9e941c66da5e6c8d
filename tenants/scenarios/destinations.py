"""Whether a scenario's destination exists in the workspace. Runs inside an open workspace transaction."""

from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.errors import invalid
from ringyard.kit.text import N_, _
from tenants.scenarios.fields import DEFAULT_AUDIO, Destination

_FOUND = {
    "extension": "select true from users where id = $1 and active and extension is not null",
    "trunk": "select true from trunks where id = $1",
    "record": "select true from audio where id = $1 and state = 'ready'",
}
_MISSING = {
    "extension": N_("There is no active user with an extension behind this choice."),
    "trunk": N_("There is no such trunk."),
    "record": N_("There is no such audio file, or it is not ready."),
}
NOT_YET = frozenset({"queue", "ivr"})


async def check_exists(destination: Destination) -> None:
    """Raises Invalid. Queues and IVRs can be named before there are any; campaigns refuse to start with them."""
    if destination.kind not in _FOUND or destination.target in (None, DEFAULT_AUDIO):
        return
    found = await connection().fetchval(_FOUND[destination.kind], UUID(destination.target))
    if not found:
        raise invalid("destination.target", _(_MISSING[destination.kind]))
