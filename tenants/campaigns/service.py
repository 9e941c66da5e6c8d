"""What can be done with campaigns as records (starting, stopping: `moving`). Inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.campaigns.counts import counts_of
from tenants.campaigns.fields import CampaignChange, CampaignFields, CampaignView, Counts, fixed, problems
from tenants.campaigns.states import State
from tenants.campaigns.tables import Campaign
from tenants.campaigns.wake import wake
from tenants.context import current
from tenants.names import name_unique

_SHOWN = ", ".join(name for name in CampaignView.__struct_fields__ if name != "counts")


async def list_campaigns(limit: int = 50, cursor: str | None = None, state: str | None = None) -> Page[CampaignView]:
    """Newest first."""
    rows = await connection().fetch(
        f"""select {_SHOWN} from campaigns
            where ($1::uuid is null or id < $1) and ($2::text is null or state = $2) order by id desc limit $3""",
        decoded(cursor, UUID) if cursor else None, state, limit + 1,
    )  # fmt: skip
    counts = {row["id"]: await counts_of(row["id"], row["state"]) for row in rows[:limit]}
    return page(rows, limit, lambda row: _view(row, counts[row["id"]]), lambda row: row["id"])


async def campaign(campaign_id: UUID) -> CampaignView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from campaigns where id = $1", campaign_id)
    if row is None:
        raise NotFound(_("There is no such campaign."))
    return _view(row, await counts_of(campaign_id, row["state"]))


async def create_campaign(fields: CampaignFields) -> CampaignView:
    """A draft. Raises Invalid."""
    await _check(fields)
    campaign_id = new_id()
    with name_unique():
        await Campaign(id=campaign_id, created_at=now(), **_columns(fields)).save()
    return await campaign(campaign_id)


async def change_campaign(campaign_id: UUID, change: CampaignChange) -> CampaignView:
    """Raises NotFound, Invalid, and Conflict for fields that the state does not let be altered."""
    state, before = await locked(campaign_id)
    fields = patched(before, change)
    _refuse_fixed(fixed(state, before, fields))
    await _check(fields)
    with name_unique():
        await Campaign.update(**_columns(fields)).where(Campaign.id == campaign_id)
    schema = current().schema
    after_commit(lambda: wake(schema))
    return await campaign(campaign_id)


async def delete_campaign(campaign_id: UUID) -> None:
    """Raises NotFound, and Conflict for one that has called anybody: history stays."""
    await locked(campaign_id)
    if await connection().fetchval("select exists (select from calls where campaign_id = $1)", campaign_id):
        raise Conflict(_("This campaign has made calls, so it stays in the history. You can stop it."))
    await connection().execute("delete from targets where campaign_id = $1", campaign_id)
    await Campaign.delete().where(Campaign.id == campaign_id)


async def locked(campaign_id: UUID) -> tuple[State, CampaignFields]:
    """State and fields, the row locked until the transaction ends. Raises NotFound."""
    names = ", ".join(CampaignFields.__struct_fields__)
    row = await connection().fetchrow(f"select state, {names} from campaigns where id = $1 for update", campaign_id)
    if row is None:
        raise NotFound(_("There is no such campaign."))
    columns = dict(row)
    return columns.pop("state"), CampaignFields(**columns)


async def _check(fields: CampaignFields) -> None:
    wrong = problems(fields) or await _missing(fields)
    if wrong:
        raise Invalid(_("The campaign cannot be saved yet."), wrong)


async def _missing(fields: CampaignFields) -> list[FieldError]:
    """The parts a campaign is made of must be in this workspace."""
    [found] = await connection().fetch(
        """select exists (select from bases where id = $1) as base_id,
                  exists (select from scenarios where id = $2) as scenario_id,
                  exists (select from trunks where id = $3) as trunk_id""",
        fields.base_id, fields.scenario_id, fields.trunk_id,
    )  # fmt: skip
    sentences = {
        "base_id": _("There is no such base."),
        "scenario_id": _("There is no such scenario."),
        "trunk_id": _("There is no such trunk."),
    }
    return [FieldError(field, sentence) for field, sentence in sentences.items() if not found[field]]


def _refuse_fixed(names: list[str]) -> None:
    if names:
        sentence = _("This cannot be changed now. Stop the campaign, or make a new one.")
        raise Conflict(sentence, [FieldError(name, sentence) for name in names])


def _columns(fields: CampaignFields) -> dict[str, Any]:
    return {**msgspec.structs.asdict(fields), "name": fields.name.strip()}


def _view(row: asyncpg.Record, counts: Counts) -> CampaignView:
    return CampaignView(counts=counts, **row)
