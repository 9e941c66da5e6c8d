"""What the doctor says of one part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`fault` is None when all is well, else one sentence that says what to do."""

    part: str
    fault: str | None = None
    seen: str = ""

    def line(self) -> str:
        mark = "FAULT" if self.fault else "ok"
        return f"{mark:<6}{self.part:<20}{self.fault or self.seen}".rstrip()
