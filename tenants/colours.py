"""Colours that customers choose for their labels."""

import re

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _

USUAL = "#64748b"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def colour_problems(colour: str) -> list[FieldError]:
    if _COLOUR.fullmatch(colour):
        return []
    return [FieldError("colour", _("Write the colour as six hexadecimal digits, for example #2fb344."))]
