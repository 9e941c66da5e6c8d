"""What states, results and reasons are called on pages, and the colour each has everywhere."""

from ringyard.kit.text import N_, _

RESULTS = {
    "answered": (N_("Answered"), "green"),
    "no_answer": (N_("No answer"), "secondary"),
    "busy": (N_("Busy"), "orange"),
    "rejected": (N_("Rejected"), "orange"),
    "bad_number": (N_("Bad number"), "red"),
    "unavailable": (N_("Unavailable"), "yellow"),
    "congestion": (N_("Congestion"), "red"),
    "machine": (N_("Answering machine"), "purple"),
    "trunk_silent": (N_("Trunk silent"), "red"),
    "network": (N_("Network failure"), "red"),
    "abandoned": (N_("Abandoned"), "red"),
    "cancelled": (N_("Cancelled"), "secondary"),
    "lost": (N_("Lost"), "red"),
    "in_progress": (N_("In progress"), "blue"),
}
CALL_STATES = {
    "reserved": (N_("Reserved"), "blue"),
    "dialing": (N_("Dialing"), "blue"),
    "ringing": (N_("Ringing"), "blue"),
    "answered": (N_("Talking"), "green"),
    "bridged": (N_("Talking"), "green"),
    "ended": (N_("Ended"), "secondary"),
}
CAMPAIGN_STATES = {
    "draft": (N_("Draft"), "secondary"),
    "running": (N_("Running"), "green"),
    "paused": (N_("Paused"), "yellow"),
    "stopped": (N_("Stopped"), "red"),
    "finished": (N_("Finished"), "blue"),
}
PAUSE_REASONS = {
    "trunk_silent": N_("The trunk did not answer many calls in a row. Check its address, then resume."),
}
REASONS = {
    "in_call": (N_("In a call"), "green"),
    "reserved": (N_("With an agent"), "blue"),
    "due": (N_("Due now"), "blue"),
    "scheduled": (N_("Scheduled for later"), "yellow"),
    "callback": (N_("Callback agreed"), "yellow"),
    "outside_hours": (N_("Outside calling hours"), "yellow"),
    "do_not_call": (N_("Do not call"), "red"),
    "junk": (N_("Junk number"), "red"),
    "attempts_used": (N_("All attempts used"), "secondary"),
    "done": (N_("Done"), "secondary"),
    "answered": (N_("Answered"), "green"),
    "duplicate_active": (N_("In a call of another campaign"), "yellow"),
    "prefix_not_allowed": (N_("Prefix not allowed"), "orange"),
    "no_number": (N_("No usable number"), "red"),
    "campaign_not_running": (N_("Campaign not running"), "secondary"),
    "no_campaign": (N_("Not in this campaign"), "secondary"),
    "no_capacity": (N_("Waiting for a free line"), "orange"),
    "no_agent": (N_("Waiting for an agent"), "orange"),
    "no_balance": (N_("No balance"), "red"),
    "service_inactive": (N_("Service not active"), "red"),
}
STATUSES = {
    "new": (N_("New"), "secondary"),
    "queued": (N_("Queued"), "blue"),
    "in_call": (N_("In a call"), "green"),
    "callback": (N_("Callback"), "yellow"),
    "done": (N_("Done"), "green"),
    "junk": (N_("Junk"), "red"),
    "do_not_call": (N_("Do not call"), "red"),
}
MODES = {
    "broadcast": N_("Broadcast: play a message"),
    "progressive": N_("Progressive (not yet available)"),
    "predictive": N_("Predictive (not yet available)"),
    "preview": N_("Preview (not yet available)"),
}
TRUNK_KINDS = {
    "ip": N_("By IP address"),
    "register": N_("Registering (not yet available)"),
    "sandbox": N_("Sandbox carrier"),
}
TRUNK_STATES = {
    "ready": (N_("Ready"), "green"),
    "silent": (N_("Does not answer"), "red"),
    "unknown": (N_("Not yet used"), "secondary"),
}
DESTINATIONS = {
    "record": N_("Play a file"),
    "extension": N_("Extension"),
    "trunk": N_("Trunk (other server)"),
    "terminate": N_("Terminate"),
    "queue": N_("Queue (not yet available)"),
    "ivr": N_("IVR (not yet available)"),
}
WEEKDAYS = {1: N_("Mon"), 2: N_("Tue"), 3: N_("Wed"), 4: N_("Thu"), 5: N_("Fri"), 6: N_("Sat"), 7: N_("Sun")}


def word(words: dict[str, tuple[str, str]], key: str) -> tuple[str, str]:
    """(sentence, colour); a key without a word is shown as it is."""
    text, colour = words.get(key, (key, "secondary"))
    return _(text), colour


def options(words: dict[str, str] | dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """For a choice on a form: pairs (value, label)."""
    return [(key, _(value if isinstance(value, str) else value[0])) for key, value in words.items()]


IN_TEMPLATES = {
    "word": word,
    "RESULTS": RESULTS,
    "CALL_STATES": CALL_STATES,
    "CAMPAIGN_STATES": CAMPAIGN_STATES,
    "PAUSE_REASONS": PAUSE_REASONS,
    "REASONS": REASONS,
    "STATUSES": STATUSES,
    "MODES": MODES,
    "TRUNK_KINDS": TRUNK_KINDS,
    "TRUNK_STATES": TRUNK_STATES,
    "DESTINATIONS": DESTINATIONS,
}
