"""The process that writes an export's file: `python -m tenants.exports.writer`, started by `writing`.

It takes its task as one line of JSON on standard input, then pieces of CSV (4 bytes of length, whole rows in UTF-8),
and a length of 0 at the end; it answers with the file's size. Without that end it leaves no file. It knows no
database, and it runs below the priority of dialing.
"""

import codecs
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ringyard.kit.store import StoredFileWriter
from tenants.exports.plan import Format
from tenants.exports.sheet import write_book

_NICENESS = 5
_BOM = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


class Task(msgspec.Struct, frozen=True):
    key: str
    format: Format
    encoding: str


class Written(msgspec.Struct, frozen=True):
    """`size` in bytes; `replaced` characters are not in the encoding and became question marks."""

    size: int
    replaced: int


class Unfinished(Exception):
    """Whoever gives the rows is gone."""


class _Marks:
    """A codec's error handler that counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        length = error.end - error.start
        self.count += length
        return "?" * length, error.end


def main() -> None:
    os.nice(_NICENESS)
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    written = _excel(task) if task.format == "xlsx" else _text(task)
    sys.stdout.buffer.write(msgspec.json.encode(written))


def _pieces() -> Iterator[bytes]:
    while length := int.from_bytes(_exactly(4), "big"):
        yield _exactly(length)


def _exactly(length: int) -> bytes:
    data = sys.stdin.buffer.read(length)
    if len(data) < length:
        raise Unfinished
    return data


def _text(task: Task) -> Written:
    marks = _Marks()
    codecs.register_error("counted", marks)
    encoder = codecs.getincrementalencoder(task.encoding)("counted")
    with StoredFileWriter(task.key) as file:
        file.write(_BOM.get(task.encoding, b""))
        for piece in _pieces():
            file.write(piece if task.encoding == "utf-8" else encoder.encode(piece.decode()))
    return Written(file.written, marks.count)


def _excel(task: Task) -> Written:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.xlsx"
        write_book(path, Path(folder), _pieces())
        with StoredFileWriter(task.key) as file, path.open("rb") as made:
            while block := made.read(1024 * 1024):
                file.write(block)
    return Written(file.written, 0)


if __name__ == "__main__":
    main()
