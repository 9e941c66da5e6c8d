"""What a call's result means for its contact: called again, when and on which number, or done and why. Pure.

A round calls the card's first number, or with `call_all_numbers` each of them in turn. Redials, calls per day and days
count rounds. Sources: the scenario chapter of the auto-dialer manual (features B14).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tenants.campaigns.hours import Window, day_start, next_open, zone_info

NOT_THE_CONTACTS_FAULT = frozenset({"trunk_silent", "cancelled"})


@dataclass(frozen=True, slots=True)
class Rules:
    """A scenario's limits; times in minutes, counts of rounds and of calling days."""

    window: Window
    redials: int
    redial_after_min: int
    calls_per_day: int
    days_to_call: int
    period_days: int
    redial_if_answered: bool
    call_all_numbers: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a contact has come. `positions` are the card's numbers that may be called, in the card's order;
    `listed`: others of its numbers may not, being on a do-not-call list."""

    positions: tuple[int, ...]
    position: int = 0
    round: int = 0
    day: date | None = None
    calls_today: int = 0
    days_called: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`waiting` until `due_at`, or `done` for `reason` (a reason of the public contract)."""

    state: str
    reason: str
    due_at: datetime
    progress: Progress


def after_call(result: str, progress: Progress, rules: Rules, zone: str, at: datetime) -> Verdict:
    """The contact's next step after a call that ended at `at` with `result`."""
    if result in NOT_THE_CONTACTS_FAULT:
        return Verdict("waiting", "due", at, progress)
    if result == "bad_number":
        return _without_number(progress, rules, zone, at, "do_not_call" if progress.listed else "junk")
    if result == "answered" and not rules.redial_if_answered:
        return _done("answered", _counted(progress, zone, at), at)
    if progress.listed and not progress.positions:
        return _done("do_not_call", _counted(progress, zone, at), at)
    following = _following(progress, rules)
    if result != "answered" and following is not None:
        return Verdict("waiting", "due", at, replace(progress, position=following))
    return _next_round(progress, rules, zone, at)


def past_listed(progress: Progress, rules: Rules, zone: str, at: datetime) -> Verdict:
    """The contact's next step when the number to be called now is on a do-not-call list: nobody is called for it."""
    if not progress.positions:
        return _done("do_not_call", progress, at)
    return _without_number(progress, rules, zone, at, "do_not_call")


def _without_number(progress: Progress, rules: Rules, zone: str, at: datetime, otherwise: str) -> Verdict:
    """The number is not to be called any more: on to the card's other numbers; done when there is none."""
    left = tuple(position for position in progress.positions if position != progress.position)
    if not left:
        return _done(otherwise, _counted(progress, zone, at), at)
    rest = replace(progress, positions=left)
    following = _following(rest, rules) if rules.call_all_numbers else left[0]
    if following is None:
        return _next_round(rest, rules, zone, at)
    return Verdict("waiting", "due", at, replace(rest, position=following))


def _following(progress: Progress, rules: Rules) -> int | None:
    if not rules.call_all_numbers:
        return None
    return next((position for position in progress.positions if position > progress.position), None)


def _next_round(progress: Progress, rules: Rules, zone: str, at: datetime) -> Verdict:
    first = progress.positions[0] if progress.positions else progress.position
    counted = replace(_counted(progress, zone, at), position=first, round=progress.round + 1)
    if counted.round > rules.redials:
        return _done("attempts_used", counted, at)
    due = _due(counted, rules, zone, at)
    if due is None:
        return _done("attempts_used", counted, at)
    return Verdict("waiting", "scheduled", due, counted)


def _due(progress: Progress, rules: Rules, zone: str, at: datetime) -> datetime | None:
    """The redial interval later, moved to the next allowed day where today's calls are used up; None if days are."""
    due = next_open(rules.window, zone, at + timedelta(minutes=rules.redial_after_min))
    if due is not None and _local_day(zone, due) == progress.day and progress.calls_today < rules.calls_per_day:
        return due
    if progress.days_called >= rules.days_to_call:
        return None
    next_day = day_start(zone, at, ahead=max(1, rules.period_days))
    return next_open(rules.window, zone, max(next_day, due) if due else next_day)


def _counted(progress: Progress, zone: str, at: datetime) -> Progress:
    today = _local_day(zone, at)
    if progress.day == today:
        return replace(progress, calls_today=progress.calls_today + 1)
    return replace(progress, day=today, calls_today=1, days_called=progress.days_called + 1)


def _local_day(zone: str, at: datetime) -> date:
    return at.astimezone(zone_info(zone)).date()


def _done(reason: str, progress: Progress, at: datetime) -> Verdict:
    return Verdict("done", reason, at, progress)
