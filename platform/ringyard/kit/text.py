"""Visible sentences: gettext with the reader's language taken from the context.

`_` translates now; `N_` only marks a sentence for the catalogue, to be translated where it is shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations

LANGUAGES = ("en",)
_language: ContextVar[str] = ContextVar("language", default="en")


@lru_cache
def catalogue(language: str) -> NullTranslations:
    return Translations.load(Path(__file__).parent.parent / "locales", [language])


def language() -> str:
    return _language.get()


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Everything translated inside is in that language; an unknown one falls back to English."""
    token = _language.set(name if name in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def _(message: str, **values: object) -> str:
    """The sentence in the reader's language, with `{name}` places filled."""
    text: str = catalogue(language()).gettext(message)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    text: str = catalogue(language()).ngettext(one, many, n)
    return text.format(n=n, **values)


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools look for
    return message
