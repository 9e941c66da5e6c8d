"""Every row of the contract's table of results, without a node."""

import pytest

from pbx.outcome import Facts, Result, result, sip_code

_SAID = [
    (17, 486, Result.BUSY),
    (17, 600, Result.BUSY),
    (21, 603, Result.REJECTED),
    (21, 403, Result.REJECTED),
    (1, 404, Result.BAD_NUMBER),
    (22, 410, Result.BAD_NUMBER),
    (28, 484, Result.BAD_NUMBER),
    (1, 604, Result.BAD_NUMBER),
    (19, 480, Result.UNAVAILABLE),
    (34, 503, Result.CONGESTION),
    (38, 500, Result.NETWORK),
    (58, 488, Result.NETWORK),
    (0, 407, Result.NETWORK),
]


@pytest.mark.parametrize("rang", [False, True])
@pytest.mark.parametrize(("cause", "code", "expected"), _SAID)
def test_what_the_far_end_says_is_the_result_whether_it_rang_or_not(
    cause: int, code: int, expected: Result, rang: bool
) -> None:
    facts = Facts(declined=True, rang=rang, cause=cause, tech_cause=code)
    assert (result(facts), sip_code(facts)) == (expected, code)


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (17, Result.BUSY),
        (21, Result.REJECTED),
        (1, Result.BAD_NUMBER),
        (20, Result.UNAVAILABLE),
        (42, Result.CONGESTION),
    ],
)
def test_without_a_sip_code_the_cause_decides(cause: int, expected: Result) -> None:
    facts = Facts(declined=True, cause=cause)
    assert (result(facts), sip_code(facts)) == (expected, None)


def test_an_unheard_of_cause_is_the_networks_fault() -> None:
    assert result(Facts(declined=True, cause=127)) is Result.NETWORK


@pytest.mark.parametrize(("rang", "expected"), [(True, Result.NO_ANSWER), (False, Result.TRUNK_SILENT)])
@pytest.mark.parametrize(("cause", "code"), [(19, 480), (0, 0)])
def test_our_time_out_is_no_answer_or_a_silent_trunk(cause: int, code: int, rang: bool, expected: Result) -> None:
    facts = Facts(rang=rang, cause=cause, tech_cause=code)
    assert (result(facts), sip_code(facts)) == (expected, None)


def test_sips_own_time_out_without_any_reply_is_a_silent_trunk() -> None:
    facts = Facts(declined=True, cause=18, tech_cause=408)
    assert (result(facts), sip_code(facts)) == (Result.TRUNK_SILENT, None)


def test_a_time_out_that_the_far_end_tells_after_ringing_is_unavailable() -> None:
    facts = Facts(declined=True, rang=True, cause=18, tech_cause=408)
    assert (result(facts), sip_code(facts)) == (Result.UNAVAILABLE, 408)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(answered=True, rang=True), Result.ANSWERED),
        (Facts(answered=True, machine=True), Result.MACHINE),
        (Facts(answered=True, abandoned=True), Result.ABANDONED),
        (Facts(answered=True, cancelled=True, cause=16), Result.ANSWERED),
    ],
)
def test_an_answer_outweighs_how_the_call_ended(facts: Facts, expected: Result) -> None:
    assert (result(facts), sip_code(facts)) == (expected, 200)


def test_a_call_that_we_gave_up_before_an_answer_is_cancelled() -> None:
    facts = Facts(rang=True, cancelled=True, cause=16, tech_cause=487)
    assert (result(facts), sip_code(facts)) == (Result.CANCELLED, None)
