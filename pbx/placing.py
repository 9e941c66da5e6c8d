"""From a reserved call of a campaign to an order that a node understands."""

from uuid import UUID

from pbx.capacity import Scope, Scopes, campaign_key, node_key, trunk_key
from pbx.orders import IpTrunk, Originate, SandboxTrunk, Target
from ringyard.kit.settings import NodeSettings
from tenants.campaigns.plans import Plan, Trunk
from tenants.campaigns.reserve import Reservation


def order(plan: Plan, reservation: Reservation, schema: str, node: NodeSettings) -> Originate:
    """Raises BadOrderError for a number or host that must not reach a dial string."""
    return Originate(
        call_id=str(reservation.call_id),
        tenant=schema,
        number=reservation.number,
        target=target(plan.trunk, node),
        caller_id=reservation.caller_id,
        ring_timeout_s=plan.ring_timeout_s,
        record=plan.record,
        amd=plan.amd,
    )


def target(trunk: Trunk, node: NodeSettings) -> Target:
    if trunk.kind == "sandbox":
        return SandboxTrunk(node.sip_host, node.sip_port)
    return IpTrunk(trunk.host, trunk.port)


def scopes(plan: Plan, schema: str, node: NodeSettings) -> Scopes:
    keys = scope_keys(node.name, schema, plan.trunk.id, plan.id)
    return Scopes(
        Scope(keys[0], node.max_channels, node.max_cps),
        Scope(keys[1], plan.trunk.max_channels, plan.trunk.max_cps),
        Scope(keys[2], plan.max_channels, plan.max_cps),
    )


def scope_keys(node: str, schema: str, trunk_id: UUID | None, campaign_id: UUID | None) -> tuple[str, str, str]:
    return node_key(node), trunk_key(node, schema, trunk_id), campaign_key(node, schema, campaign_id)
