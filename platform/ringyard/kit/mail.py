"""Sending a mail: plain text, by the server named in the settings, always after the commit it tells of."""

import itertools
import time
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from ringyard.kit.errors import Problem
from ringyard.kit.settings import Settings, settings
from ringyard.kit.text import N_, _

log = structlog.get_logger()
LIMIT_S = 10
_numbers = itertools.count()


class MailNotSent(Problem):
    status, code, title = 503, "mail-not-sent", N_("The mail could not be sent")


async def send(to: str, subject: str, text: str) -> None:
    """Hand the mail to the server. Raises MailNotSent; an address that cannot be written to counts as that too."""
    known = settings()
    try:
        message = _message(known, to, subject, text)
        if known.smtp_url is None and known.environment == "development":
            _keep(known.home / "mail", message)
        else:
            await _deliver(known, message)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        log.exception("mail not sent")
        raise MailNotSent(_("The mail could not be sent. Please try again in a few minutes.")) from error


def _message(known: Settings, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = known.mail_from, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=known.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


async def _deliver(known: Settings, message: EmailMessage) -> None:
    parts = urlsplit(known.smtp_url or "smtp://localhost")
    await aiosmtplib.send(
        message,
        hostname=parts.hostname or "localhost",
        port=parts.port,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        timeout=LIMIT_S,
    )


def _keep(folder: Path, message: EmailMessage) -> None:
    """Development without a catcher: the file the catcher would have written."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns():020d}-{next(_numbers)}.eml"
    (folder / f"{name}.new").write_bytes(message.as_bytes())
    (folder / f"{name}.new").rename(folder / name)
