"""Why a contact is not being called, in a sentence, and when in which time zone."""

from datetime import UTC, datetime

from ringyard.web.dialing_words import SENTENCES, dialing_words
from ringyard.web.words import REASONS
from tenants.campaigns.standing import Dialing

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_every_reason_that_has_a_word_has_a_sentence() -> None:
    assert set(SENTENCES) == set(REASONS)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_the_time_is_told_here_and_where_the_contact_is() -> None:
    words = dialing_words(Dialing("outside_hours", AT), "America/New_York")
    assert (words.until, words.there) == ("Mon 23 Nov, 08:00", "Mon 23 Nov, 03:00")


def test_the_same_time_is_told_once_and_an_unknown_zone_is_ours() -> None:
    assert dialing_words(Dialing("scheduled", AT), "UTC").there == ""
    assert dialing_words(Dialing("scheduled", AT), "Mars/Base").there == ""


def test_without_a_time_only_the_sentence_is_told() -> None:
    words = dialing_words(Dialing("no_number", None), "Europe/Warsaw")
    assert (words.sentence, words.until) == ("It has no number that can be called.", "")
