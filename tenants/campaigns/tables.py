"""Campaigns: a base called by a scenario's rules through a trunk; and targets, one contact's place in one campaign."""

from piccolo.columns import UUID, Boolean, Date, DoublePrecision, Integer, SmallInt, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Campaign(Table, tablename="campaigns", db=DB):
    id = UUID(primary_key=True, default=None)
    name = Text()
    base_id = UUID(default=None)
    scenario_id = UUID(default=None)
    trunk_id = UUID(default=None)
    mode = Text(default="broadcast")
    max_channels = Integer(default=10)
    max_cps = Integer(default=2)
    abandon_limit = DoublePrecision(default=0.03)
    caller_id = Text(default="")
    record = Boolean(default=False)
    state = Text(default="draft")
    pause_reason = Text(null=True, default=None)
    silent_streak = Integer(default=0)
    enrolled_at = Timestamptz(null=True, default=None)
    started_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class Target(Table, tablename="targets", db=DB):
    """The primary key is (campaign_id, contact_id); written set-wise by own SQL."""

    campaign_id = UUID(primary_key=True, default=None)
    contact_id = UUID(default=None)
    state = Text()
    reason = Text(default="")
    zone = Text()
    due_at = Timestamptz()
    position = SmallInt(default=0)
    round = SmallInt(default=0)
    day = Date(null=True, default=None)
    calls_today = SmallInt(default=0)
    days_called = SmallInt(default=0)
    last_result = Text(null=True, default=None)
