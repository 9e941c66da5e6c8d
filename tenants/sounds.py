"""A sound of the workspace as it lies in the object store: an audio file or a recording."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredSound:
    """`file_name` is what a download is called."""

    file_key: str
    content_type: str
    file_name: str
