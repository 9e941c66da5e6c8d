"""A campaign from its start to its end: every attempt is one INVITE, and everybody has been called."""

from collections import Counter

from tests.support.customers import Customer, numbers
from tests.support.sip_peers import peer


async def test_a_campaign_calls_everybody_once_and_finishes_by_itself(acme: Customer) -> None:
    people = numbers(60)
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(people, far_end)
        await campaign.until_state("finished")
        calls = await campaign.calls()
        assert Counter(far_end.called()) == Counter(row["number"] for row in calls) == Counter(people)
        assert {(row["result"], row["sip_code"], row["state"]) for row in calls} == {("answered", 200, "ended")}
        assert {(row["state"], row["reason"], row["status"]) for row in await campaign.targets()} == {
            ("done", "answered", "done")
        }
        await campaign.until_quiet()
