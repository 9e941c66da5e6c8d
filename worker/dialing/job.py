"""One slice of a workspace's dialing: take the lease, dial for some seconds, hand over to a successor."""

from datetime import timedelta

import structlog

from ringyard.accounts import services
from ringyard.accounts.rights import Service
from ringyard.kit.clock import now
from ringyard.kit.settings import settings
from tenants import jobs
from tenants.campaigns.wake import unmark_dialing
from tenants.context import current
from worker.dialing.dialer import Dialer
from worker.dialing.home import home_of
from worker.dialing.lease import dial_lease
from worker.dialing.wakeups import listening

log = structlog.get_logger()
SLICE_S = 10.0
MARK_LASTS = timedelta(seconds=30)


async def dial_slice() -> None:
    """Dial the current workspace's running campaigns for ten seconds.

    Nothing when another dialer does, or while the workspace is suspended or has its dialer service off: the clock asks
    again each second.
    """
    tenant = current()
    if tenant.status != "active" or Service.DIALER not in await services.active(tenant):
        return
    async with dial_lease() as lease:
        if lease is None:
            return
        home = await home_of(settings(), tenant)
        async with listening(tenant.schema) as wakeups:
            work_left = await Dialer(tenant, home, lease, wakeups).run(SLICE_S)
    if work_left:
        jobs.send("dial", tenant.schema, {})
    else:
        await unmark_dialing(before=now() - MARK_LASTS)
