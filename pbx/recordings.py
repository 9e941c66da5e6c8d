"""Bringing recordings from the node that made them to the object store."""

from uuid import UUID

import structlog

from pbx.ari import AriRefusedError
from pbx.gateways import gateway
from pbx.orders import recording_name
from ringyard.kit import store
from ringyard.kit.db import connection
from ringyard.kit.settings import settings
from tenants.context import current
from tenants.files import new_key
from tenants.workspace import workspace

log = structlog.get_logger()
CONTENT_TYPE = "audio/wav"
LIMIT = 1024 * store.BLOCK


async def keep_recording(call_id: UUID) -> None:
    """Store the call's recording and link it; may run twice. The recording's id is the call's.

    Raises AriError while the node cannot be asked. A call without a file at its node stays without a recording.
    """
    async with workspace() as db:
        node = await db.fetchval("select node from calls where id = $1 and recording_id is null", call_id)
    if node is None:
        return
    ari, name = gateway(settings(), node), recording_name(current().schema, str(call_id))
    key = new_key("recordings", call_id)
    try:
        size = await store.put(key, ari.stored_recording(name), LIMIT)
    except AriRefusedError as error:
        if error.status != 404:
            raise
        log.warning("no recording at the node", call=str(call_id), node=node)
        async with workspace() as db:
            await db.execute("update calls set record = false where id = $1", call_id)
        return
    async with workspace():
        await _link(call_id, key, size)
    await ari.delete_recording(name)


async def _link(call_id: UUID, key: str, size: int) -> None:
    await connection().execute(
        """with kept as (
               insert into recordings (id, call_id, file_key, content_type, size, duration_s)
               select id, id, $2, $3, $4, talk_s from calls where id = $1
               on conflict do nothing)
           update calls set recording_id = id where id = $1""",
        call_id,
        key,
        CONTENT_TYPE,
        size,
    )
