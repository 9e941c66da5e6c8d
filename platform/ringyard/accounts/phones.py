"""The SIP accounts of agents' phones, kept in step with the users they belong to.

Users live in the workspace, the accounts that Asterisk reads in core: one follows the other after its commit.
"""

from dataclasses import dataclass
from uuid import UUID

from pbx.endpoints import Phone, phone_name, put_phone, remove_phone
from ringyard.kit.db import after_commit, core
from tenants.agents import service as agents
from tenants.context import current
from tenants.workspace import workspace


@dataclass(frozen=True, slots=True)
class SipAccount:
    """What an agent types into a SIP phone. `server` is None while no node is known."""

    server: str | None
    username: str
    password: str


def follow(agent_id: UUID) -> None:
    """Inside the transaction that changes a user: bring the SIP account after it once that has committed."""
    after_commit(lambda: publish(agent_id))


async def publish(agent_id: UUID) -> None:
    """Make, change or remove the account as the user is now; may be repeated. Opens its own transactions."""
    async with workspace():
        line = await agents.line(agent_id)
    tenant = current()
    async with core() as connection:
        if not line.active or not line.extension or not line.sip_password:
            await remove_phone(connection, phone_name(tenant.number, line.number))
            return
        await put_phone(connection, Phone(tenant.number, line.number, tenant.schema, line.extension, line.sip_password))


async def account(agent_id: UUID) -> SipAccount:
    """What to type into the phone. Raises NotFound. Opens its own transactions."""
    async with workspace():
        line = await agents.line(agent_id)
    tenant = current()
    async with core() as connection:
        node = await connection.fetchrow(
            "select sip_host, sip_port from core.nodes order by (name = $1) desc, state, name limit 1",
            tenant.home_node or "",
        )
    server = f"{node['sip_host']}:{node['sip_port']}" if node else None
    return SipAccount(server, phone_name(tenant.number, line.number), line.sip_password or "")
