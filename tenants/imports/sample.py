"""What is looked at of an uploaded file while it streams by: its beginning, whether it is UTF-8, odd lines of it."""

import codecs
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field

from ringyard.kit.errors import FieldError, Invalid
from ringyard.kit.text import N_, _

HEAD = 256 * 1024
_ODD = 64 * 1024

_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MAGIC = {
    b"%PDF": N_("This is a PDF document. Only text files with one contact a row can be imported."),
    b"\x1f\x8b": N_("This file is packed. Unpack it and upload the text file inside."),
    b"Rar!": N_("This file is packed. Unpack it and upload the text file inside."),
    b"7z\xbc\xaf": N_("This file is packed. Unpack it and upload the text file inside."),
}
_WORKBOOK = N_("This is an Excel workbook. Save the list as CSV and upload that.")
_NOT_TEXT = N_("This file is not text. Save the list as CSV and upload that.")
_TEXT_CONTROLS = b"\t\n\r\f\x1a"
_MOST_CONTROLS = 0.02


def is_excel(head: bytes) -> bool:
    """Whether a file begins as workbooks do, new or old; other archives begin so too."""
    return head.startswith(_EXCEL)


@dataclass(slots=True)
class Sample:
    """`workbooks`: whether they are taken as well as text."""

    workbooks: bool = True
    head: bytes = b""
    odd: bytes = b""
    size: int = 0
    is_utf8: bool = True
    _decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))

    async def watch(self, chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """The same chunks. Raises Invalid as soon as the beginning shows that this is neither text nor a workbook."""
        async for chunk in chunks:
            self._look(chunk)
            yield chunk
        self._look(b"", final=True)
        if not self.head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
            raise _wrong(_("The file is empty."))
        self._refuse_binary()

    def _look(self, chunk: bytes, final: bool = False) -> None:
        self.size += len(chunk)
        unchecked = len(self.head) < HEAD
        if unchecked:
            self.head += chunk[: HEAD - len(self.head)]
            if len(self.head) >= HEAD:
                self._refuse_binary()
        if len(self.odd) < _ODD and not chunk.isascii():
            self.odd += b"\n".join(line for line in chunk.split(b"\n") if not line.isascii())[:_ODD]
        self._check_utf8(chunk, final)

    def _check_utf8(self, chunk: bytes, final: bool) -> None:
        if not self.is_utf8:
            return
        try:
            self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            self.is_utf8 = False

    def _refuse_binary(self) -> None:
        if is_excel(self.head) and not self.workbooks:
            raise _wrong(_(_WORKBOOK))
        if is_excel(self.head):
            return
        for magic, sentence in _MAGIC.items():
            if self.head.startswith(magic):
                raise _wrong(_(sentence))
        if _is_wide(self.head):
            return
        controls = sum(self.head.count(code) for code in range(32) if code not in _TEXT_CONTROLS)
        if controls > len(self.head) * _MOST_CONTROLS:
            raise _wrong(_(_NOT_TEXT))


def _is_wide(head: bytes) -> bool:
    """UTF-16 has a mark, or zeros on one side of its pairs only."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    least = len(head) * 0.15
    return max(even, odd) > least and min(even, odd) * 10 < max(even, odd)


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, [FieldError("file", sentence)])
