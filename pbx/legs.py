"""Second legs: the agent's phone or the other server that an answered call is bridged with."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from pbx.ari import AlreadyInUse, Ari, Placed
from pbx.orders import Extension, Originate, Target
from pbx.placing import target
from ringyard.kit.db import connection
from ringyard.kit.settings import NodeSettings
from tenants import registry
from tenants.campaigns.plans import Plan, Trunk
from tenants.context import acting_for, current
from tenants.workspace import workspace

_LEGS = UUID("4d0b3c1e-6f5f-4f0e-9a57-0d7a0f6a9f11")


@dataclass(frozen=True, slots=True)
class SecondLeg:
    """`call_id` is the first leg's channel; the bridge has the leg's own id."""

    id: str
    call_id: str
    schema: str


class Legs:
    def __init__(self, node: NodeSettings, ari: Ari) -> None:
        self._node = node
        self._ari = ari
        self._by_id: dict[str, SecondLeg] = {}

    def of(self, channel_id: str) -> SecondLeg | None:
        return self._by_id.get(channel_id)

    def forget(self, leg: SecondLeg) -> None:
        self._by_id.pop(leg.id, None)

    def adopt(self, schema: str, call_id: str) -> SecondLeg:
        leg = SecondLeg(second_leg_id(call_id), call_id, schema)
        return self._by_id.setdefault(leg.id, leg)

    async def start(self, schema: str, call_id: str, plan: Plan) -> None:
        """Call the destination, once however often asked; nobody to call ends the first leg."""
        leg, placed = self.adopt(schema, call_id), None
        if found := await _destination(schema, plan, call_id, self._node):
            order = Originate(leg.id, schema, found[1], found[0], plan.shown_caller_id, plan.ring_timeout_s)
            placed = await self._ari.originate(order)
        if not isinstance(placed, Placed | AlreadyInUse):
            self.forget(leg)
            await self._ari.hangup(call_id)

    async def bridge(self, leg: SecondLeg) -> None:
        await self._ari.bridge_create(leg.id)
        await self._ari.bridge_add(leg.id, f"{leg.call_id},{leg.id}")

    async def first_ended(self, call_id: str) -> None:
        """The called person hung up: so does the second leg, and their bridge goes."""
        leg = self._by_id.pop(second_leg_id(call_id), None)
        if leg is not None:
            await self._ari.hangup(leg.id)
            await self._ari.bridge_destroy(leg.id)


def second_leg_id(call_id: str) -> str:
    """Worked out from the first leg's, so that a controller that starts anew finds it again."""
    return str(uuid5(_LEGS, call_id))


async def _destination(schema: str, plan: Plan, call_id: str, node: NodeSettings) -> tuple[Target, str] | None:
    """Whom to call and under which number; None when the destination is gone."""
    tenant = await registry.by_schema(schema)
    if tenant is None or plan.target is None:
        return None
    with acting_for(tenant):
        async with workspace():
            if plan.destination == "extension":
                return await _extension(UUID(plan.target))
            return await _trunk(UUID(plan.target), call_id, node)


async def _extension(user_id: UUID) -> tuple[Target, str] | None:
    row = await connection().fetchrow(
        "select number, extension from users where id = $1 and active and extension is not null", user_id
    )
    return (Extension(f"t{current().number}-a{row['number']}"), row["extension"]) if row else None


async def _trunk(trunk_id: UUID, call_id: str, node: NodeSettings) -> tuple[Target, str] | None:
    """The other server gets the called number, so that it knows whom it takes over."""
    row = await connection().fetchrow(
        "select id, kind, host, port, max_channels, max_cps, caller_id, status from trunks where id = $1", trunk_id
    )
    number = await connection().fetchval("select number from calls where id = $1", UUID(call_id))
    return (target(Trunk(**row), node), number) if row and number else None
