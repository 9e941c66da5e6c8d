"""Mail that the application sent in a test: without a mail server it is written where the catcher would."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from ringyard.kit.settings import Settings


def mails(settings: Settings) -> list[EmailMessage]:
    """The oldest first."""
    return [_read(path) for path in sorted((settings.home / "mail").glob("*.eml"))]


def _read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def link_in(message: EmailMessage) -> str:
    """The one link of a mail."""
    found = re.findall(r"https?://\S+/\S+", str(message.get_content()))
    assert len(found) == 1, found
    return str(found[0])
