"""Whether whoever opened a long answer may still read it: asked again and again while a live stream runs."""

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Unauthenticated
from ringyard.web.middleware.identity import identify
from ringyard.web.request import WebRequest


async def still_may(request: WebRequest, right: Right) -> bool:
    """The session or token is alive, its user active, and the right not lost since."""
    try:
        identity = await identify(request)
    except Unauthenticated:
        return False
    return identity is not None and identity.can(right)
