"""Agents' phones: rows in Postgres that a node knows at once."""

from collections.abc import AsyncIterator, Iterator
from socket import SOCK_DGRAM

import pytest

from pbx.ari import Ari, Placed, Refused
from pbx.endpoints import Phone, put_phone, remove_phone
from pbx.orders import Extension
from pbx.stasis import Arrived, Dialled, Ended
from ringyard.kit import db
from ringyard.kit.settings import Settings
from ringyard.local.asterisk_nodes import node_database
from ringyard.local.ports import any_free
from tenants.context import Tenant
from tenants.logins import administrator
from tests.support.calls import Ear, client, listening, order
from tests.support.nodes import RunningNode, running_node
from tests.support.sip_peers import PhoneSet, peer
from tests.support.waiting import until

PASSWORD = "phones-have-long-ones"


@pytest.fixture
def own_node(settings: Settings) -> Iterator[RunningNode]:
    """A node that reads this test's database."""
    with running_node(node_database(settings.role_url("asterisk"))) as started:
        yield started


@pytest.fixture
async def ari(own_node: RunningNode) -> AsyncIterator[Ari]:
    connection = client(own_node)
    yield connection
    await connection.close()


@pytest.fixture
async def ear(ari: Ari) -> AsyncIterator[Ear]:
    async with listening(ari) as listener:
        yield listener


@pytest.fixture
async def phone(ear: Ear, own_node: RunningNode, tenant: Tenant) -> PhoneSet:
    """Its account is made while the node already runs."""
    account = Phone(7, 5, tenant.schema, "101", PASSWORD)
    async with db.core() as connection:
        await put_phone(connection, account)
    return PhoneSet(account.name, PASSWORD, own_node.config.sip_address, any_free(SOCK_DGRAM))


async def test_a_phone_registers_and_is_rung(phone: PhoneSet, ari: Ari, ear: Ear) -> None:
    assert phone.registers()
    with peer("answers", port=phone.port):
        call = order(Extension(phone.name), "101")
        assert await ari.originate(call) == Placed()
        await ear.event(Arrived, call.call_id)
        await ari.hangup(call.call_id)
        await ear.event(Ended, call.call_id)


async def test_a_wrong_password_does_not_register(phone: PhoneSet) -> None:
    assert not PhoneSet(phone.name, "a-guess", phone.node, phone.port).registers()


async def test_a_changed_password_counts_from_the_next_request(phone: PhoneSet, tenant: Tenant) -> None:
    async with db.core() as connection:
        await put_phone(connection, Phone(7, 5, tenant.schema, "102", "another-long-one"))
    assert not phone.registers()
    assert PhoneSet(phone.name, "another-long-one", phone.node, phone.port).registers()


async def test_a_removed_phone_is_unknown(phone: PhoneSet, ari: Ari) -> None:
    async with db.core() as connection:
        await remove_phone(connection, phone.name)
    assert not phone.registers()
    assert isinstance(await ari.originate(order(Extension(phone.name), "101")), Refused)


async def test_a_number_that_a_phone_dials_arrives_with_its_workspace(
    phone: PhoneSet, ari: Ari, ear: Ear, tenant: Tenant
) -> None:
    with phone.dials("+48221230000"):
        dialled = await ear.heard(Dialled)
        assert (dialled.tenant, dialled.number) == (tenant.schema, "+48221230000")
        assert await ari.hangup(dialled.call_id)
        await ear.event(Ended, dialled.call_id)


async def test_a_lost_connection_to_the_database_is_mended_by_the_next_request(
    phone: PhoneSet, settings: Settings
) -> None:
    assert phone.registers()
    connection = await administrator(settings)
    ended = await connection.fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = $1",
        settings.role_name("asterisk"),
    )
    await connection.close()
    assert ended
    await until(phone.registers, deadline=10)
