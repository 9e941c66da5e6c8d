"""Scenarios: when, how often and on which numbers a list is called, and what an answered person is given."""

from piccolo.columns import UUID, Array, Boolean, Integer, SmallInt, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Scenario(Table, tablename="scenarios", db=DB):
    id = UUID(primary_key=True, default=None)
    name = Text()
    starts_at = Text(default="09:00")
    ends_at = Text(default="18:00")
    weekdays = Array(base_column=SmallInt(), default=[1, 2, 3, 4, 5])
    redials = Integer(default=2)
    redial_after_min = Integer(default=60)
    calls_per_day = Integer(default=3)
    days_to_call = Integer(default=3)
    period_days = Integer(default=1)
    redial_if_answered = Boolean(default=False)
    call_all_numbers = Boolean(default=False)
    check_other_bases = Boolean(default=False)
    allowed_prefixes = Array(base_column=Text())
    destination_kind = Text(default="record")
    destination_target = Text(null=True, default=None)
    ring_timeout_s = Integer(default=30)
    amd = Boolean(default=False)
    active = Boolean(default=True)
    created_at = Timestamptz()
    modified_at = Timestamptz()
