"""Real Asterisk for telephony tests: one node for a module's tests, and the ear that hears its calls."""

from collections.abc import AsyncIterator, Iterator

import pytest

from pbx.ari import Ari
from tests.support.calls import Ear, client, listening
from tests.support.nodes import RunningNode, running_node


@pytest.fixture(scope="module")
def node() -> Iterator[RunningNode]:
    with running_node() as started:
        yield started


@pytest.fixture
def own_node() -> Iterator[RunningNode]:
    """For tests that end it."""
    with running_node() as started:
        yield started


@pytest.fixture
async def ari(node: RunningNode) -> AsyncIterator[Ari]:
    connection = client(node)
    yield connection
    await connection.close()


@pytest.fixture
async def ear(ari: Ari) -> AsyncIterator[Ear]:
    """Connected when the test begins."""
    async with listening(ari) as listener:
        yield listener
