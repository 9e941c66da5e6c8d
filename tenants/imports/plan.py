"""How a file is to be read: encoding, delimiter, the role of each column, and what happens to duplicates. Pure."""

import codecs
import json
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.phone import countries
from ringyard.kit.text import _

Duplicates = Literal["merge", "skip", "add"]

ENCODINGS = (
    "utf-8", "windows-1250", "iso-8859-2", "windows-1251", "koi8-u", "koi8-r", "cp852", "cp866", "cp1125",
    "windows-1252", "iso-8859-1", "iso-8859-15", "cp850", "maccyrillic", "utf-16", "utf-16-le", "utf-16-be",
)  # fmt: skip
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
ROLES = ("name", "phone", "email", "comment", "category", "region", "responsible", "external_id", "skip")
REPEATED = ("name", "phone", "comment", "category", "skip")
CUSTOM = "custom:"
LONGEST_KEY = 60


class ImportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """`columns` has one role per column of the file; `country` (`PL`) completes local numbers.

    A row whose number is met again: `duplicates_in_file` further up in the file, `duplicates` in the base,
    `duplicates_elsewhere` in another base, where `add` does not look. Every contact gets `category_ids` besides those
    of its row, and `responsible_id` where its row names nobody.
    """

    encoding: str
    delimiter: str
    columns: list[str]
    country: str
    header: bool
    duplicates: Duplicates = "merge"
    duplicates_in_file: Duplicates = "merge"
    duplicates_elsewhere: Duplicates = "add"
    category_ids: list[UUID] = []
    responsible_id: UUID | None = None


class NewBase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A base that an import makes, or finds by its name."""

    name: str
    group: str = ""


class ImportChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person decides against the guess. `template_id` applies a template, null goes back to the guess.

    `duplicates` alone also says what happens to duplicates in the file.
    """

    encoding: str | UnsetType = UNSET
    delimiter: str | UnsetType = UNSET
    columns: list[str] | UnsetType = UNSET
    country: str | UnsetType = UNSET
    header: bool | UnsetType = UNSET
    duplicates: Duplicates | UnsetType = UNSET
    duplicates_in_file: Duplicates | UnsetType = UNSET
    duplicates_elsewhere: Duplicates | UnsetType = UNSET
    category_ids: list[UUID] | UnsetType = UNSET
    responsible_id: UUID | UnsetType | None = UNSET
    base_id: UUID | UnsetType = UNSET
    new_base: NewBase | UnsetType = UNSET
    template_id: UUID | UnsetType | None = UNSET


def chosen_values(change: ImportChange) -> dict[str, object]:
    """The fields of a plan that were decided, spelled as we spell them; their worth is checked before."""
    values = {name: getattr(change, name) for name in ImportPlan.__struct_fields__}
    values = {name: value for name, value in values.items() if value is not UNSET}
    if "encoding" in values:
        values["encoding"] = encoding_called(values["encoding"])
    if "delimiter" in values:
        values["delimiter"] = delimiter_called(values["delimiter"])
    if "country" in values:
        values["country"] = values["country"].upper()
    if "duplicates" in values:
        values.setdefault("duplicates_in_file", values["duplicates"])
    return values


def encoding_called(name: str) -> str | None:
    """Our own name of an encoding called any way (`CP1250`); None for one that we do not offer."""
    try:
        wanted = codecs.lookup(name.strip()).name
    except LookupError:
        return None
    offered = {codecs.lookup(ours).name: ours for ours in ENCODINGS}
    return "utf-8" if wanted == "utf-8-sig" else offered.get(wanted)


def codec(encoding: str) -> str:
    """What Python is to decode with: a BOM before UTF-8 is no part of the first cell."""
    return "utf-8-sig" if encoding == "utf-8" else encoding


def delimiter_called(name: str) -> str | None:
    """The character, given as itself or as `tab`, `comma`, `semicolon`, `pipe`."""
    named = {word: character for character, word in DELIMITERS.items()} | {"\\t": "\t"}
    return name if name in DELIMITERS else named.get(name.strip().lower())


def change_problems(change: ImportChange) -> list[FieldError]:
    """What is wrong with single settings, before the file is looked at."""
    found = []
    if change.encoding is not UNSET and encoding_called(change.encoding) is None:
        found.append(FieldError("encoding", _("Choose one of: {names}.", names=", ".join(ENCODINGS))))
    if change.delimiter is not UNSET and delimiter_called(change.delimiter) is None:
        found.append(FieldError("delimiter", _("Choose a comma, a semicolon, a tab or a vertical bar.")))
    if change.country is not UNSET and change.country.upper() not in countries():
        found.append(FieldError("country", _("Write the country as two letters, for example PL.")))
    if change.columns is not UNSET:
        found += column_problems(change.columns)
    return found


def column_problems(columns: list[str]) -> list[FieldError]:
    for column in columns:
        known = column in ROLES or (column.startswith(CUSTOM) and 0 < len(column[len(CUSTOM) :].strip()) <= LONGEST_KEY)
        if not known:
            return [FieldError("columns", _("“{column}” is not a column that can be imported.", column=column[:80]))]
    for role in columns:
        if columns.count(role) > 1 and role not in REPEATED:
            return [FieldError("columns", _("Only one column can be “{role}”.", role=role))]
    return []


def width_problems(columns: list[str], width: int) -> list[FieldError]:
    if len(columns) == width:
        return []
    text = _("The file has {width} columns, and {given} were named.", width=width, given=len(columns))
    return [FieldError("columns", text)]


def columns_from(text: str) -> list[str] | None:
    """The JSON list of a form; None when it is none."""
    try:
        return msgspec.convert(json.loads(text), list[str])
    except (json.JSONDecodeError, msgspec.ValidationError):
        return None
