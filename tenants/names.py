"""Names that must differ within one workspace, whatever their case."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from ringyard.kit.errors import FieldError, invalid
from ringyard.kit.text import _

LONGEST = 100


@contextmanager
def name_unique() -> Iterator[None]:
    """Round a write: the database's refusal of a second row with the same name becomes Invalid."""
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        raise invalid("name", _("This name is taken. Choose another one.")) from error


def name_problems(name: str) -> list[FieldError]:
    if not name.strip():
        return [FieldError("name", _("Give it a name."))]
    if len(name) > LONGEST:
        return [FieldError("name", _("At most {most} characters.", most=LONGEST))]
    return []


def range_problems(field: str, value: float, least: float, most: float) -> list[FieldError]:
    if least <= value <= most:
        return []
    return [FieldError(field, _("Choose a number from {least} to {most}.", least=least, most=most))]
