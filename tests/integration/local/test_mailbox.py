"""The mail catcher writes each mail as one file."""

import asyncio
import sys
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from ringyard.local.ports import any_free
from ringyard.local.program import Program
from ringyard.local.supervisor import Supervisor


async def sent(port: int) -> bool:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "Zażółć"
    mail.set_content("Welcome")
    try:
        await aiosmtplib.send(mail, hostname="127.0.0.1", port=port, timeout=2)
    except aiosmtplib.SMTPConnectError:
        return False
    return True


async def test_a_mail_becomes_one_readable_file(tmp_path: Path) -> None:
    port, folder = any_free(), tmp_path / "mail"
    catcher = Program("mailbox", (sys.executable, "-m", "ringyard.local.mailbox", str(port), str(folder)))
    async with Supervisor(tmp_path, say=lambda _: None) as supervisor:
        await supervisor.start(catcher)
        async with asyncio.timeout(15):
            while True:
                if await sent(port):
                    break
                await asyncio.sleep(0.05)
    (file,) = folder.glob("*.eml")
    mail = message_from_bytes(file.read_bytes())
    assert mail["X-Caught-For"] == "b@example.com"
    assert "Welcome" in str(mail.get_payload())
