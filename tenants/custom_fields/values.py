"""What a value of an own field may look like, and how it is kept: a number `12.5`, a date `2026-11-22`. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "number", "date", "choice"]

LONGEST_TEXT = 1000
_BLANKS = re.compile(r"[\s'’]")
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,12})?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


def custom_value(kind: str, choices: Sequence[str], text: str) -> str | None:
    """The value as it is kept, empty for none; None where `text` is no value of this kind."""
    text = text.strip()
    if not text:
        return ""
    match kind:
        case "number":
            return _number(text)
        case "date":
            return _date(text)
        case "choice":
            return next((one for one in choices if one.casefold() == text.casefold()), None)
    return text if len(text) <= LONGEST_TEXT else None


def _number(text: str) -> str | None:
    """With a point or a comma before the decimals; of two kinds of signs the last stands before the decimals."""
    bare = _BLANKS.sub("", text)
    point, comma = bare.rfind("."), bare.rfind(",")
    if point >= 0 and comma >= 0:
        bare = bare.replace("," if point > comma else ".", "")
    elif max(bare.count("."), bare.count(",")) > 1:
        bare = bare.replace(".", "").replace(",", "")
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        return None
    plain = format(Decimal(bare), "f")
    whole = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if whole == "-0" else whole


def _date(text: str) -> str | None:
    """The year first, or the day first as most of the world writes; a time of day behind it is dropped."""
    bare = _TIME.sub("", text)
    if found := _ISO.fullmatch(bare):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(bare):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
