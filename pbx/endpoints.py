"""SIP accounts of agents' phones: rows that every node reads at once (realtime), so nothing is pushed or reloaded.

Names carry the workspace, so the dialplan stays static and one node serves all; the channel variable RY_TENANT, set by
the account, says whose call an agent's phone began.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol


class Connection(Protocol):
    """A core transaction of the caller's, who commits."""

    async def execute(self, query: str, *arguments: Any) -> Any: ...


@dataclass(frozen=True)
class Phone:
    """An agent's account. `number` is the extension, shown to whoever the phone calls inside the workspace."""

    workspace_no: int
    agent_no: int
    tenant: str
    number: str
    password: str = field(repr=False)

    @property
    def name(self) -> str:
        return phone_name(self.workspace_no, self.agent_no)


def phone_name(workspace_no: int, agent_no: int) -> str:
    """The account's name, user name for SIP and what `orders.Extension` dials."""
    return f"t{workspace_no}-a{agent_no}"


async def put_phone(connection: Connection, phone: Phone) -> None:
    """Make the account or change it; the next request of the phone is judged by it. Three statements, no commit."""
    await connection.execute("insert into core.ps_aors (id) values ($1) on conflict (id) do nothing", phone.name)
    await connection.execute(
        """
        insert into core.ps_auths (id, username, password) values ($1, $1, $2)
        on conflict (id) do update set password = excluded.password
        """,
        phone.name,
        phone.password,
    )
    await connection.execute(
        """
        insert into core.ps_endpoints (id, aors, auth, set_var, callerid) values ($1, $1, $1, $2, $3)
        on conflict (id) do update set set_var = excluded.set_var, callerid = excluded.callerid
        """,
        phone.name,
        f"RY_TENANT={phone.tenant}",
        phone.number,
    )


async def remove_phone(connection: Connection, name: str) -> None:
    """The phone cannot register or call any more; a running call goes on. No commit."""
    for table in ("ps_endpoints", "ps_auths", "ps_aors"):
        await connection.execute(f"delete from core.{table} where id = $1", name)
