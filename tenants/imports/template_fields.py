"""What a customer writes into a template of how files are read, and what they see of it. Pure."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from tenants.imports.plan import Duplicates


class TemplateFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How files of one kind are read. From `import_id` the settings of that import are taken; else `columns` are given.

    `headings` are the cells of the header row by which a file is known again; none where it has no header.
    """

    name: str
    import_id: UUID | None = None
    columns: list[str] = []
    headings: list[str] = []
    encoding: str | None = None
    delimiter: str | None = None
    country: str | None = None
    header: bool = True
    duplicates: Duplicates = "merge"
    duplicates_in_file: Duplicates = "merge"
    duplicates_elsewhere: Duplicates = "add"
    category_ids: list[UUID] = []
    responsible_id: UUID | None = None


class TemplateChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `import_id` the template takes over how that import reads its file."""

    name: str | UnsetType = UNSET
    import_id: UUID | UnsetType = UNSET


class TemplateView(msgspec.Struct, frozen=True, kw_only=True):
    """`builtin` templates can be neither renamed nor deleted. What is null is taken from the guess or the workspace."""

    id: UUID
    name: str
    builtin: bool
    columns: list[str]
    headings: list[str]
    encoding: str | None
    delimiter: str | None
    country: str | None
    header: bool
    duplicates: Duplicates
    duplicates_in_file: Duplicates
    duplicates_elsewhere: Duplicates
    category_ids: list[UUID]
    responsible_id: UUID | None
    created_at: datetime
    used_at: datetime | None
