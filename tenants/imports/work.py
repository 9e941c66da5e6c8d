"""An import as those see it who carry it out or count what it would do. Runs inside an open workspace transaction."""

from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from tenants.custom_fields.service import custom_kinds
from tenants.imports.people import people
from tenants.imports.plan import ImportPlan
from tenants.imports.reader import Task
from tenants.imports.slices import LARGE_FILE

_PLAN = ", ".join(ImportPlan.__struct_fields__)


class Work(msgspec.Struct, frozen=True):
    """What putting rows into the base needs. A `large` import writes its search texts after its end."""

    import_id: UUID
    base_id: UUID
    plan: ImportPlan
    large: bool
    created_by: UUID | None


class FileWork(Work, frozen=True):
    """With the file, which has `size` bytes; `position` records of it are stored."""

    file_key: str
    size: int
    position: int


async def work_of(import_id: UUID, state: str) -> FileWork | None:
    """None when the import is in another state, or gone."""
    row = await connection().fetchrow(
        f"select base_id, file_key, size, position, created_by, {_PLAN} from imports where id = $1 and state = $2",
        import_id, state,
    )  # fmt: skip
    if row is None:
        return None
    plan = ImportPlan(**{name: row[name] for name in ImportPlan.__struct_fields__})
    of_file = (row["file_key"], row["size"], row["position"])
    return FileWork(import_id, row["base_id"], plan, row["size"] > LARGE_FILE, row["created_by"], *of_file)


async def reader_task(work: FileWork) -> Task:
    """What the reading process is told."""
    who, kinds = await people(), dict(await custom_kinds())
    return Task(work.import_id, work.base_id, work.file_key, work.size, work.plan, work.position, who, {**kinds})
