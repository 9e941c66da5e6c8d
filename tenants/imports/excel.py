"""Excel workbooks as uploads: turned into text by a process of its own, which `workbook` is. No database here."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from ringyard.kit import store
from ringyard.kit.errors import Invalid, invalid
from ringyard.kit.text import N_, _
from tenants.imports.reading import child_environment
from tenants.imports.sample import Sample
from tenants.imports.workbook import Found

_TIME_S = 600
_LARGEST_TEXT = 1024 * store.BLOCK
_REFUSALS = {
    "protected": N_("This workbook is protected by a password. Save it without one, or the sheet as CSV."),
    "broken": N_("This workbook cannot be opened. Open it in Excel, save it again, or save the sheet as CSV."),
    "too_large": N_("This workbook is too large to be opened. Save the sheet as CSV and upload that."),
    "no_rows": N_("No sheet of this workbook has any rows."),
}


@dataclass(frozen=True, slots=True)
class ExcelFacts:
    """The sheet that was read, its rows from the first of the sheet on, and what a text upload's sample tells."""

    sheet: str
    rows: int
    sample: Sample


async def turned(upload_key: str, new_key: str) -> ExcelFacts:
    """The stored workbook's first sheet with rows, kept under `new_key` as UTF-8 with commas, row for row.

    Raises Invalid (field `file`) for a workbook that is broken, protected, empty or too large; then nothing is kept.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "tenants.imports.workbook",
        stdin=PIPE, stdout=PIPE, stderr=PIPE, env=child_environment(), limit=store.BLOCK,
    )  # fmt: skip
    sample, last_words = Sample(), asyncio.ensure_future(_last_words(process))
    try:
        async with asyncio.timeout(_TIME_S):
            assert process.stdin is not None
            process.stdin.write(upload_key.encode() + b"\n")
            process.stdin.close()
            await store.put(new_key, sample.watch(_text(process, last_words)), _LARGEST_TEXT)
    except TimeoutError as error:
        raise _refused("too_large") from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    found = msgspec.json.decode(await last_words, type=Found)
    return ExcelFacts(found.sheet, found.rows, sample)


async def _text(process: Process, last_words: asyncio.Future[bytes]) -> AsyncIterator[bytes]:
    """Raises Invalid at the end of what came of a workbook that could not be read."""
    assert process.stdout is not None
    while chunk := await process.stdout.read(store.BLOCK):
        yield chunk
    if await process.wait() != 0:  # it met a limit, or the workbook brought the library down
        raise _refused("too_large" if process.returncode in _KILLED else "broken")
    found = msgspec.json.decode(await last_words, type=Found)
    if found.refusal:
        raise _refused(found.refusal)


async def _last_words(process: Process) -> bytes:
    assert process.stderr is not None
    return await process.stderr.read()


def _refused(why: str) -> Invalid:
    return invalid("file", _(_REFUSALS[why]))


# by a limit of memory (the library aborts) or of time
_KILLED = (-6, -9, -24)
