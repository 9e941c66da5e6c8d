"""The keys of a workspace's files in the object store: always under its own schema, so that no other's is reachable."""

from uuid import UUID

from tenants.context import current


def new_key(kind: str, file_id: UUID) -> str:
    """`kind` is `imports`, `audio` or `recordings`."""
    return f"{folder_of(kind)}/{file_id}"


def folder_of(kind: str) -> str:
    """Where the workspace's files of a kind are."""
    return f"{current().schema}/{kind}"
