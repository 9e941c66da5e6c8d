"""The session cookie: of one host only, out of reach of scripts, sent by our own pages only."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from ringyard.kit.settings import settings
from ringyard.web.sessions import LONGEST


def _secure() -> bool:
    return settings().scheme == "https"


def session_name() -> str:
    """The prefix makes browsers refuse the cookie from any other host; it asks for https."""
    return "__Host-ringyard" if _secure() else "ringyard"


def hand_out(response: Response[Any], token: str) -> None:
    response.set_cookie(_cookie(token, int(LONGEST.total_seconds())))


def take_back(response: Response[Any]) -> None:
    response.set_cookie(_cookie("", 0))


def _cookie(value: str, max_age: int) -> Cookie:
    return Cookie(
        key=session_name(), value=value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=_secure()
    )
