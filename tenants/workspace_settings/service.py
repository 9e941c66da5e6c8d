"""What a workspace has chosen for all of its users. Runs inside an open workspace transaction."""

import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import Invalid
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.workspace_settings.fields import DialingLimits, LimitsChange, problems

_LIMITS = "dialing_limits"


async def dialing_limits() -> DialingLimits:
    kept = await connection().fetchval("select value from workspace_settings where key = $1", _LIMITS)
    return msgspec.convert(kept, DialingLimits) if kept else DialingLimits()


async def change_dialing_limits(change: LimitsChange) -> DialingLimits:
    """Raises Invalid. What agents hold already stays with them."""
    limits = patched(await dialing_limits(), change)
    wrong = problems(limits)
    if wrong:
        raise Invalid(_("The limits cannot be saved yet."), wrong)
    await connection().execute(
        """insert into workspace_settings (key, value) values ($1, $2)
           on conflict (key) do update set value = excluded.value, changed_at = now()""",
        _LIMITS, msgspec.to_builtins(limits),
    )  # fmt: skip
    return limits
