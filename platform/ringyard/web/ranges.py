"""The `Range` header (RFC 9110, 14.2): which bytes a player asks for. Pure."""

import re

# More digits than any file has bytes would only be work for int(), which refuses thousands of them.
_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Unsatisfiable(ValueError):
    """The range begins after the end of the file."""


def wanted(header: str | None, size: int) -> tuple[int, int] | None:
    """(first, one past the last); None for the whole file: without a header, or with one we do not follow.

    Several ranges at once are answered with the whole file, as the standard allows. Raises Unsatisfiable.
    """
    match = _ONE.fullmatch((header or "").replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    if last and first and int(last) < int(first):
        return None
    if start >= size or start >= end:
        raise Unsatisfiable(header)
    return start, end
