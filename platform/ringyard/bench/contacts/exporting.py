"""A search's contacts as a file: how long its job takes and what it holds in memory, then the file itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ringyard.bench.contacts.client import Client
from ringyard.bench.house import House
from ringyard.bench.memory import Peak, peak_of
from ringyard.bench.processor import cpu_seconds

PARTS = ("worker", "postgres")


@dataclass(frozen=True, slots=True)
class Exported:
    """`took_s` from the order to its end, by the server's clock; `size` of the file in bytes."""

    rows: int
    took_s: float
    size: int
    peak: Peak
    cpu_s: dict[str, float]

    @property
    def per_second(self) -> float:
        return self.rows / self.took_s


async def export(house: House, client: Client, form: str, chosen: dict[str, Any]) -> Exported:
    """`form` is csv or xlsx. Raises LocalError, also when the file has not all rows."""
    before = cpu_seconds(house.supervisor, PARTS)
    async with peak_of(house.supervisor, "worker") as peak:
        made = await client.post("/exports", {"format": form, "filter": chosen})
        seen = await client.ended(f"/operations/{made['id']}")
    after = cpu_seconds(house.supervisor, PARTS)
    took = datetime.fromisoformat(seen["finished_at"]) - datetime.fromisoformat(seen["created_at"])
    cpu_s = {name: after[name] - before[name] for name in PARTS}
    return Exported(seen["total"], took.total_seconds(), seen["file_size"], peak, cpu_s)
