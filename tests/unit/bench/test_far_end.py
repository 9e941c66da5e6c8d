"""What SIPp noted, and whether it agrees with the attempts."""

from collections import Counter
from pathlib import Path

from ringyard.bench.far_end import FarEnd, Invite, numbers, rate
from ringyard.bench.whole_campaign import disagreements


def test_invites_are_read_with_their_time_for_one_kind_of_number(tmp_path: Path) -> None:
    log = tmp_path / "invites.log"
    log.write_text(
        "INVITE +48600000000 2026-11-22\t13:40:49.816695\t1795354849.816695\n"
        "INVITE +48660000000 2026-11-22\t13:40:50.000001\t1795354850.000001\n"
    )

    assert FarEnd(5060, 6000, log).invites("+4860") == [Invite("+48600000000", 1795354849.816695)]


def test_the_rate_is_counted_from_the_first_invite_to_the_last() -> None:
    assert rate([Invite("a", 10.0), Invite("b", 10.5), Invite("c", 11.0)]) == 2
    assert rate([Invite("a", 10.0)]) == 0


def test_attempts_and_invites_that_agree_are_no_fault() -> None:
    called = Counter(numbers("+4860", 3))

    assert disagreements(called, called, contacts=3) == []


def test_every_way_to_disagree_is_told() -> None:
    recorded, invited = Counter(["+1", "+2"]), Counter(["+1", "+1", "+3"])

    assert disagreements(recorded, invited, contacts=3) == [
        "1 attempts without an INVITE",
        "2 INVITEs without an attempt",
        "1 numbers called twice",
        "1 contacts never called",
    ]
