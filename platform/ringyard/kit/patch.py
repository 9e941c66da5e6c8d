"""Partial changes: what a PATCH body names replaces the record's fields, what it leaves out stays."""

from typing import TypeVar

import msgspec

Fields = TypeVar("Fields", bound=msgspec.Struct)


def patched(fields: Fields, change: msgspec.Struct) -> Fields:
    """A copy of `fields` with every field of `change` that was given (is not UNSET)."""
    values = {name: getattr(change, name) for name in change.__struct_fields__}
    return msgspec.structs.replace(fields, **{n: v for n, v in values.items() if v is not msgspec.UNSET})
