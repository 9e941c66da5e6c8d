"""What is wrong with a scenario as written, before anything is looked up. Pure."""

import re
from uuid import UUID

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.campaigns.hours import minutes
from tenants.names import name_problems, range_problems
from tenants.scenarios.fields import DEFAULT_AUDIO, Destination, ScenarioFields

LIMITS = {
    "redials": (0, 50),
    "redial_after_min": (1, 10_080),
    "calls_per_day": (1, 20),
    "days_to_call": (1, 365),
    "period_days": (1, 31),
    "ring_timeout_s": (5, 120),
}
MOST_PREFIXES = 100
_PREFIX = re.compile(r"\+[1-9][0-9]{0,14}")


def problems(fields: ScenarioFields) -> list[FieldError]:
    return [
        *name_problems(fields.name),
        *_hours("starts_at", fields.starts_at),
        *_hours("ends_at", fields.ends_at),
        *_weekdays(fields.weekdays),
        *(found for name, (least, most) in LIMITS.items()
          for found in range_problems(name, getattr(fields, name), least, most)),
        *_prefixes(fields.allowed_prefixes),
        *_destination(fields.destination),
    ]  # fmt: skip


def _hours(field: str, text: str) -> list[FieldError]:
    try:
        minutes(text)
    except ValueError:
        return [FieldError(field, _("Write the time as HH:MM, from 00:00 to 24:00."))]
    return []


def _weekdays(days: list[int]) -> list[FieldError]:
    if not days:
        return [FieldError("weekdays", _("Choose at least one weekday."))]
    if any(not 1 <= day <= 7 for day in days) or len(set(days)) != len(days):
        return [FieldError("weekdays", _("Weekdays are numbers from 1 (Monday) to 7 (Sunday), each at most once."))]
    return []


def _prefixes(prefixes: list[str]) -> list[FieldError]:
    if len(prefixes) > MOST_PREFIXES:
        return [FieldError("allowed_prefixes", _("At most {most} prefixes.", most=MOST_PREFIXES))]
    wrong = [prefix for prefix in prefixes if not _PREFIX.fullmatch(prefix)]
    if wrong:
        text = _("“{prefix}” is not a prefix: begin with + and the country code, for example +48.", prefix=wrong[0])
        return [FieldError("allowed_prefixes", text)]
    return []


def _destination(destination: Destination) -> list[FieldError]:
    kind, target = destination.kind, destination.target
    if kind == "terminate":
        return [] if target is None else [FieldError("destination.target", _("“Terminate” takes no parameter."))]
    if target is None:
        return [FieldError("destination.target", _("Choose where answered calls go."))]
    if (kind == "record" and target == DEFAULT_AUDIO) or _is_id(target):
        return []
    return [FieldError("destination.target", _("There is no such destination."))]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
