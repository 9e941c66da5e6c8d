"""Calls, one row per attempt, and the recordings of answered ones."""

from piccolo.columns import UUID, BigInt, Boolean, DoublePrecision, Integer, Numeric, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Call(Table, tablename="calls", db=DB):
    """`id` is also the channel's id at Asterisk."""

    id = UUID(primary_key=True, default=None)
    campaign_id = UUID(null=True, default=None)
    contact_id = UUID(null=True, default=None)
    agent_id = UUID(null=True, default=None)
    trunk_id = UUID(null=True, default=None)
    direction = Text(default="outbound")
    number = Text()
    caller_id = Text(default="")
    node = Text()
    fence = BigInt(default=0)
    state = Text(default="reserved")
    result = Text(null=True, default=None)
    cause = Integer(null=True, default=None)
    sip_code = Integer(null=True, default=None)
    record = Boolean(default=False)
    queued_at = Timestamptz()
    reserved_at = Timestamptz()
    originated_at = Timestamptz(null=True, default=None)
    ringing_at = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    bridged_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    talk_s = DoublePrecision(default=0.0)
    billed_s = Integer(default=0)
    cost = Numeric(digits=(14, 4))
    recording_id = UUID(null=True, default=None)


class Recording(Table, tablename="recordings", db=DB):
    id = UUID(primary_key=True, default=None)
    call_id = UUID(unique=True, default=None)
    file_key = Text()
    content_type = Text()
    size = BigInt()
    duration_s = DoublePrecision(null=True, default=None)
    created_at = Timestamptz()
