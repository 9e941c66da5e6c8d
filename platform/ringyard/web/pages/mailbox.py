"""The development mailbox on the apex: mail that was caught instead of sent. Not there in any other environment."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from ringyard.kit.errors import NotFound
from ringyard.kit.settings import settings
from ringyard.kit.text import _
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest

SHOWN = 100
_NAME = re.compile(r"\d{20}-\d+\.eml")
_LINK = re.compile(r"(https?://[^\s<>\"]+)")


@dataclass(frozen=True)
class Mail:
    """`parts` alternates plain text and links."""

    name: str
    to: str
    subject: str
    at: datetime
    parts: list[str]


def _folder() -> Path:
    """Raises NotFound outside development."""
    if settings().environment != "development":
        raise NotFound(_("There is nothing at this address."))
    return settings().home / "mail"


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    at = datetime.fromtimestamp(int(path.name[:20]) / 1e9, UTC)
    return Mail(path.name, str(message["To"]), str(message["Subject"]), at, _LINK.split(text))


@get("/mailbox")
async def mailbox(request: WebRequest) -> Response[Any]:
    paths = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return page(request, "mailbox/list.html.j2", mails=[_read(path) for path in paths])


@get("/mailbox/{name:str}")
async def mail(request: WebRequest, name: FromPath[str]) -> Response[Any]:
    path = _folder() / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound(_("There is no such mail."))
    return page(request, "mailbox/mail.html.j2", mail=_read(path))


ROUTES = [mailbox, mail]
