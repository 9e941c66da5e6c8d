"""Why a contact is not being called, as a sentence, with the time at which that may change. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from ringyard.kit.text import N_, _, language
from ringyard.kit.zones import is_zone
from ringyard.web.formats import zone
from tenants.campaigns.standing import Dialing

SENTENCES = {
    "in_call": N_("A call with this contact is going on."),
    "reserved": N_("The contact is about to be called, or an agent has it to call by hand."),
    "due": N_("Nothing is in the way: the contact is called as soon as its turn comes."),
    "scheduled": N_("The next call is planned for later."),
    "callback": N_("A call was agreed for later."),
    "outside_hours": N_("It is outside the calling hours where the contact is."),
    "do_not_call": N_("The contact must not be called."),
    "junk": N_("Nobody can be reached under its numbers."),
    "attempts_used": N_("All attempts of the campaign are used up."),
    "done": N_("The contact is done."),
    "answered": N_("The contact has answered, so the campaign is done with it."),
    "duplicate_active": N_("Another campaign is calling the same number now."),
    "prefix_not_allowed": N_("The scenario does not allow the prefix of any of its numbers."),
    "no_number": N_("It has no number that can be called."),
    "campaign_not_running": N_("The campaign of its base is not running."),
    "no_campaign": N_("No campaign calls this contact's base."),
    "no_capacity": N_("All lines are busy; it waits for a free one."),
    "no_agent": N_("All agents are busy; it waits for one."),
    "no_balance": N_("The balance is used up."),
    "service_inactive": N_("The dialer is not active in this workspace."),
}


@dataclass(frozen=True, slots=True)
class DialingWords:
    """`until` is in the workspace's time; `there` the same moment where the contact is, if that differs."""

    reason: str
    sentence: str
    until: str = ""
    there: str = ""


def dialing_words(dialing: Dialing, contact_zone: str) -> DialingWords:
    sentence = _(SENTENCES.get(dialing.reason, dialing.reason))
    if dialing.until is None:
        return DialingWords(dialing.reason, sentence)
    here = _moment(dialing.until, zone())
    there = _moment(dialing.until, ZoneInfo(contact_zone)) if is_zone(contact_zone) else here
    return DialingWords(dialing.reason, sentence, here, there if there != here else "")


def _moment(at: datetime, where: ZoneInfo) -> str:
    return str(format_datetime(at, "EEE d MMM, HH:mm", tzinfo=where, locale=language()))
