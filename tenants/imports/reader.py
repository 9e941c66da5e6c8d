"""The process that reads an import's file: `python -m tenants.imports.reader`, started by `reading`.

It takes its task as one line of JSON on standard input and gives slices on standard output: the length of a summary
(4 bytes), the summary, and three payloads for COPY. It knows no database, and it runs below the priority of dialing.
"""

import gc
import os
import sys
from uuid import UUID

import msgspec

from ringyard.kit.store import StoredFile
from tenants.imports.payloads import payloads
from tenants.imports.plan import ImportPlan, codec
from tenants.imports.records import Record, Records
from tenants.imports.rows import RowReader
from tenants.imports.slices import Slice, Summary, rows_of_slice, slices

_NICENESS = 5


class Task(msgspec.Struct, frozen=True):
    """`size` is what the uploaded file has, in bytes; `skip` records are already stored; `people` are users' ids by
    lower-cased login, e-mail and name.

    `kinds` are the workspace's own fields by key: kind and choices, as `custom_kinds()` gives them.
    """

    import_id: UUID
    base_id: UUID
    file_key: str
    size: int
    plan: ImportPlan
    skip: int
    people: dict[str, str]
    kinds: dict[str, tuple[str, tuple[str, ...]]] = {}


def main() -> None:
    os.nice(_NICENESS)
    # rows make no cycles, and looking for them among a slice's drafts takes longer than reading them
    gc.disable()
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    file = StoredFile(task.file_key)
    if file.size != task.size:
        sys.exit(f"the file has {file.size} bytes and not the {task.size} that were looked at")
    plan = task.plan
    records = iter(Records(file, codec(plan.encoding), plan.delimiter, len(plan.columns)))
    if plan.header:
        next(records, Record(1, []))
    reader = RowReader(plan, task.people, task.kinds)
    for piece in slices(records, reader, plan.duplicates_in_file, task.skip, rows_of_slice(file.size)):
        _give(piece, task, file.position)
        del piece  # else two slices are held while the next one is read


def _give(piece: Slice, task: Task, bytes_done: int) -> None:
    parts = payloads(piece, task.import_id, task.base_id)
    lengths = (len(parts[0]), len(parts[1]), len(parts[2]))
    summary = Summary(piece.position, piece.rows, piece.repeated, len(piece.wrong), bytes_done, lengths)
    encoded = msgspec.json.encode(summary)
    sys.stdout.buffer.write(len(encoded).to_bytes(4, "big"))
    for part in (encoded, *parts):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
