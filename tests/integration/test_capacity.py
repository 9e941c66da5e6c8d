"""Channels and calls per second are shared out by Redis: limits hold, idle capacity is lent, all keep a share."""

from uuid import UUID, uuid4

import pytest

from pbx.capacity import Scope, Scopes, give_back, leased, take
from pbx.placing import scope_keys
from ringyard.kit.settings import Settings

NODE, FAST = "node9", 1000


def _scopes(schema: str, node: int = 100, trunk: int = 100, campaign: int = 100, cps: int = FAST) -> Scopes:
    keys = scope_keys(NODE, schema, UUID(int=1), UUID(int=2))
    return Scopes(Scope(keys[0], node, FAST), Scope(keys[1], trunk, FAST), Scope(keys[2], campaign, cps))


async def _take(schema: str, scopes: Scopes, wanted: int) -> list[UUID]:
    ids = [uuid4() for _ in range(wanted)]
    granted, _wait = await take(scopes, schema, ids)
    return ids[:granted]


def _keys(scopes: Scopes) -> tuple[str, str, str]:
    return scopes.node.key, scopes.trunk.key, scopes.campaign.key


@pytest.mark.parametrize("limit", ["node", "trunk", "campaign"])
async def test_the_narrowest_limit_holds(settings: Settings, limit: str) -> None:
    scopes = _scopes("t_a", **{limit: 7})
    assert len(await _take("t_a", scopes, 5)) == 5
    assert len(await _take("t_a", scopes, 5)) == 2
    assert await _take("t_a", scopes, 5) == []


async def test_a_call_that_is_over_gives_its_place_back(settings: Settings) -> None:
    scopes = _scopes("t_a", node=3)
    calls = await _take("t_a", scopes, 3)
    await give_back(_keys(scopes), "t_a", calls[:2])
    await give_back(_keys(scopes), "t_a", calls[:2])
    assert await leased(NODE) == [("t_a", calls[2])]
    assert len(await _take("t_a", scopes, 3)) == 2


async def test_calls_per_second_hold_and_tell_how_long_to_wait(settings: Settings) -> None:
    scopes = _scopes("t_a", cps=4)
    assert len(await _take("t_a", scopes, 10)) == 1
    granted, wait = await take(scopes, "t_a", [uuid4()])
    assert granted == 0
    assert 0 < wait <= 0.25


async def test_a_place_that_was_not_used_gives_its_call_per_second_back(settings: Settings) -> None:
    scopes = _scopes("t_a", cps=4)
    await give_back(_keys(scopes), "t_a", await _take("t_a", scopes, 1), unused=True)
    assert len(await _take("t_a", scopes, 1)) == 1


async def test_idle_capacity_is_lent_and_a_newcomer_gets_its_share_as_calls_end(settings: Settings) -> None:
    mine, theirs = _scopes("t_a", node=10), _scopes("t_b", node=10)
    calls = await _take("t_a", mine, 10)
    assert len(calls) == 10
    assert await _take("t_b", theirs, 10) == []
    await give_back(_keys(mine), "t_a", calls[:4])
    assert await _take("t_a", mine, 10) == []
    assert len(await _take("t_b", theirs, 10)) == 4
