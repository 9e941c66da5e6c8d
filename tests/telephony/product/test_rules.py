"""Who is called when and how often: the scenario's rules, seen at the far end."""

from collections import Counter
from datetime import timedelta

from ringyard.kit.clock import now
from tests.support.customers import Campaign, Customer, numbers
from tests.support.sip_peers import peer
from tests.support.waiting import until


async def reason_of(campaign: Campaign, contact_id: object) -> tuple[str, str | None]:
    told = await campaign.customer.get(f"/contacts/{contact_id}/dialing")
    return told["reason"], told["until"]


async def test_a_closed_window_calls_nobody_and_says_so(acme: Customer) -> None:
    in_three_days = (now() + timedelta(days=3)).isoweekday()
    with peer("hangs_up") as far_end:
        closed = await acme.campaign(numbers(3), far_end, weekdays=[in_three_days])
        await until(closed.targets, 60, "the base is read into the campaign")
        open_one = await acme.campaign(numbers(3), far_end)
        await open_one.until_state("finished")
        assert (await closed.calls(), await closed.state()) == ([], "running")
        reason, opens = await reason_of(closed, (await closed.targets())[0]["contact_id"])
        assert (reason, opens is not None) == ("outside_hours", True)
        assert (await closed.shown())["counts"]["reasons"] == {"outside_hours": 3}
        await closed.do("stop")


async def test_numbers_without_an_allowed_prefix_are_not_called(acme: Customer) -> None:
    polish, german = numbers(2), ["+4915112345678", "+4915112345679"]
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign([*polish, *german], far_end, allowed_prefixes=["+48"])
        await campaign.until_state("finished")
        assert Counter(far_end.called()) == Counter(polish)
    assert Counter((row["state"], row["reason"]) for row in await campaign.targets()) == {
        ("done", "answered"): 2,
        ("done", "prefix_not_allowed"): 2,
    }


async def test_the_first_number_alone_is_called_unless_the_scenario_says_all(acme: Customer) -> None:
    card = numbers(3)
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign([card], far_end)
        await campaign.until_state("finished")
        assert far_end.called() == card[:1]


async def test_all_numbers_of_the_card_are_called_in_turn_and_all_again_at_the_redial(acme: Customer) -> None:
    card = numbers(3)
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign([card], far_end, call_all_numbers=True, redials=1)
        await campaign.until_calls(3)
        assert far_end.called() == card
        await campaign.make_due()
        await campaign.until_state("finished")
        assert far_end.called() == [*card, *card]
    assert [row["reason"] for row in await campaign.targets()] == ["attempts_used"]


async def test_bad_numbers_are_left_out_one_by_one_until_the_card_has_none(acme: Customer) -> None:
    card = numbers(2)
    with peer("refuses", code=404) as far_end:
        campaign = await acme.campaign([card], far_end, redials=3)
        await campaign.until_state("finished")
        assert far_end.called() == card
    assert [(row["reason"], row["status"]) for row in await campaign.targets()] == [("junk", "junk")]


async def test_a_redial_waits_for_its_interval_and_is_the_last_one_allowed(acme: Customer) -> None:
    person = numbers(1)
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign(person, far_end, redials=1, redial_after_min=60)
        await campaign.until_calls(1)
        waiting = (await campaign.targets())[0]
        reason, due = await reason_of(campaign, waiting["contact_id"])
        assert (reason, due is not None, far_end.called()) == ("scheduled", True, person)
        await campaign.make_due()
        await campaign.until_state("finished")
        assert far_end.called() == person * 2


async def test_used_up_calls_of_a_day_wait_for_another_day(acme: Customer) -> None:
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign(numbers(1), far_end, redials=5, calls_per_day=1, period_days=2)
        await campaign.until_calls(1)
        waiting = (await campaign.targets())[0]
        assert waiting["due_at"] > now() + timedelta(days=1)
        await campaign.do("stop")


async def test_an_answered_contact_is_redialed_if_the_scenario_says_so(acme: Customer) -> None:
    person = numbers(1)
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(person, far_end, redials=1, redial_if_answered=True)
        await campaign.until_calls(1)
        await campaign.make_due()
        await campaign.until_state("finished")
        assert far_end.called() == person * 2
    assert {row["result"] for row in await campaign.calls()} == {"answered"}


async def test_one_person_in_two_campaigns_is_called_by_one_at_a_time(acme: Customer) -> None:
    """The same contact in a second campaign of the same base waits while the first one's call lives."""
    with peer("answers") as far_end:
        first = await acme.campaign(numbers(1), far_end, destination={"kind": "record", "target": "default"})
        shown = await first.shown()
        second = await acme.same_again(shown)
        await first.until_state("finished")
        await second.make_due()
        await second.until_state("finished")
    (one,), (two,) = await first.calls(), await second.calls()
    assert one["contact_id"] == two["contact_id"]
    assert two["reserved_at"] >= one["ended_at"] or one["reserved_at"] >= two["ended_at"]
