"""Countries a workspace may be in: those whose telephone numbers we can complete."""

from functools import lru_cache

from babel import Locale
from phonenumbers import SUPPORTED_REGIONS

from ringyard.kit.text import language


def is_country(code: str) -> bool:
    return code in SUPPORTED_REGIONS


def countries() -> list[tuple[str, str]]:
    """(code, name in the reader's language), by name."""
    return _countries(language())


@lru_cache
def _countries(locale: str) -> list[tuple[str, str]]:
    names = Locale.parse(locale).territories
    known = [(code, str(names[code])) for code in SUPPORTED_REGIONS if code in names]
    return sorted(known, key=lambda pair: pair[1])
