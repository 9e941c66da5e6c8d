"""Numbers on a do-not-call list, seen at the far end: no INVITE, from the moment they are listed until they are not."""

from tests.support.customers import Campaign, Customer, numbers
from tests.support.sip_peers import peer
from tests.support.waiting import until


async def put_on(customer: Customer, *listed: str) -> None:
    for number in listed:
        await customer.post("/do-not-call", number=number, reason="Asked not to be called")


async def take_off(customer: Customer, number: str) -> None:
    answer = await customer.client.delete(f"/do-not-call/{number}")
    assert answer.status_code == 204, answer.text


async def reasons_of(campaign: Campaign) -> list[str]:
    return sorted(row["reason"] for row in await campaign.targets())


async def test_a_listed_number_gets_no_invite_and_another_of_the_same_contact_does(acme: Customer) -> None:
    listed, beside, alone, free = numbers(4)
    await put_on(acme, listed, alone)
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign([[listed, beside], [alone], [free]], far_end)
        await campaign.until_state("finished")
        assert sorted(far_end.called()) == sorted([beside, free])
    assert await reasons_of(campaign) == ["answered", "answered", "do_not_call"]


async def test_a_number_listed_while_the_campaign_runs_is_not_redialed(acme: Customer) -> None:
    listed, free = numbers(2)
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign([listed, free], far_end, redials=1, redial_after_min=60)
        await campaign.until_calls(2)
        await put_on(acme, listed)
        await campaign.make_due()
        await campaign.until_state("finished")
        assert sorted(far_end.called()) == sorted([listed, free, free])
    assert await reasons_of(campaign) == ["attempts_used", "do_not_call"]


async def test_all_numbers_of_the_card_are_called_but_the_listed_one(acme: Customer) -> None:
    first, listed, last = numbers(3)
    await put_on(acme, listed)
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign([[first, listed, last]], far_end, call_all_numbers=True)
        await campaign.until_state("finished")
        assert far_end.called() == [first, last]


async def test_a_number_taken_off_the_list_is_called_by_the_running_campaign(acme: Customer) -> None:
    listed, waiting = numbers(2)
    await put_on(acme, listed)
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign([listed, waiting], far_end, redials=1, redial_after_min=60)
        await campaign.until_calls(1)
        await until(lambda: _told(campaign, "do_not_call"), 30, "the listed contact is left out")
        await take_off(acme, listed)
        await campaign.until_calls(2)
        assert sorted(far_end.called()) == sorted([listed, waiting])
        await campaign.do("stop")


async def _told(campaign: Campaign, reason: str) -> bool:
    return reason in await reasons_of(campaign)
