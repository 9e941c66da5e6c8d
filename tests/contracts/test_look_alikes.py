"""The ground all integration tests stand on: two workspaces that look the same and share nothing."""

from ringyard.kit.cache import cache
from tenants.context import Tenant, acting_for
from tenants.workspace import workspace
from tests.support.lookalikes import Seed


async def test_both_workspaces_have_the_same_people_under_different_ids(
    in_tenant: Tenant, other_tenant: Tenant, seed: Seed, other_seed: Seed
) -> None:
    async with workspace() as connection:
        ours = await connection.fetch("select id, name, email from contacts order by name")
    with acting_for(other_tenant):
        async with workspace() as connection:
            theirs = await connection.fetch("select id, name, email from contacts order by name")
    assert [row["name"] for row in ours] == [row["name"] for row in theirs]
    assert not {row["id"] for row in ours} & {row["id"] for row in theirs}
    assert seed.id("contact") in {row["id"] for row in ours}


async def test_a_write_of_one_test_is_not_seen_by_the_next(in_tenant: Tenant) -> None:
    for _ in range(1):
        async with workspace() as connection:
            assert await connection.fetchval("select count(*) from bases where name = 'Left over'") == 0
            await connection.execute("insert into bases (id, name) values (gen_random_uuid(), 'Left over')")
    await cache().set("left over", 1)


async def test_nor_by_the_one_after_that(in_tenant: Tenant) -> None:
    async with workspace() as connection:
        assert await connection.fetchval("select count(*) from bases where name = 'Left over'") == 0
    assert await cache().get("left over") is None
