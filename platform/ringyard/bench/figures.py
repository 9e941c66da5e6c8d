"""What the bench prints: figures, each with its limit and with what was measured beside it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`limit` is the one promised, in words; `kept` None when none is. `beside`: the bare figure of the same run."""

    name: str
    measured: str
    limit: str = ""
    kept: bool | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        return "" if self.kept is None else "kept" if self.kept else "MISSED"


HEADINGS = ("figure", "measured", "limit", "", "beside it, in the same run")


def table(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, *((one.name, one.measured, one.limit, one.verdict, one.beside) for one in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * (sum(widths) + 2 * (len(widths) - 1)), *lines[1:]])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of all do not pass. Raises ValueError without values."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def two(values: Sequence[float], share: float) -> str:
    """The median and one more percentile of times in seconds."""
    return f"p50 {ms(percentile(values, 0.5))}, p{share * 100:.0f} {ms(percentile(values, share))}"
