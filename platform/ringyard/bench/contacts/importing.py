"""A list on its way through the product: uploaded, looked at by the dry run, confirmed, and found by search."""

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ringyard.bench.contacts.client import LOOK_S, PATIENCE_S, Client
from ringyard.bench.contacts.file import COLUMNS, COUNTRY, DELIMITER
from ringyard.bench.house import House
from ringyard.bench.memory import Peak, peak_of
from ringyard.bench.processor import cpu_seconds
from ringyard.local.faults import LocalError
from tenants.workspace import workspace

PARTS = ("worker", "postgres")
COUNTED = ("rows", "added", "merged", "skipped", "junk")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`survey`: what the dry run said before the confirmation; `survey_s` after the upload."""

    id: UUID
    upload_s: float
    survey_s: float
    survey: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """`took_s` from the confirmation to the end, by the server's clock; `cpu_us` per row and part."""

    id: UUID
    view: dict[str, Any]
    took_s: float
    peak: Peak
    cpu_us: dict[str, float]

    @property
    def per_second(self) -> float:
        return float(self.view["rows"]) / self.took_s

    def differs_from(self, survey: dict[str, Any]) -> list[str]:
        """Where the dry run promised something else."""
        told = ((name, survey[name], self.view[name]) for name in COUNTED)
        return [f"{name} {said} before, {came} after" for name, said, came in told if said != came]


async def upload(client: Client, base_id: UUID, file: Path, duplicates: str = "merge") -> Uploaded:
    """Until its dry run is over, as somebody waits who wants to know. Raises LocalError."""
    settings = {"columns": json.dumps(COLUMNS), "country": COUNTRY, "delimiter": DELIMITER, "header": "true"}
    began = time.monotonic()
    with file.open("rb") as content:
        made = await client.post(
            "/imports",
            files={"file": (file.name, content)},
            data={"base_id": str(base_id), "duplicates": duplicates, **settings},
        )
    uploaded = time.monotonic()
    survey = await _surveyed(client, made["id"])
    return Uploaded(UUID(made["id"]), uploaded - began, time.monotonic() - uploaded, survey)


async def _surveyed(client: Client, import_id: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while (survey := (await client.get(f"/imports/{import_id}"))["survey"] or {}).get("state") != "done":
            if survey.get("state") == "failed":
                raise LocalError(f"The dry run failed: {survey}.")
            await asyncio.sleep(LOOK_S)
    return dict(survey)


async def confirm(house: House, client: Client, uploaded: Uploaded) -> Imported:
    """To its end. Raises LocalError."""
    before = cpu_seconds(house.supervisor, PARTS)
    async with peak_of(house.supervisor, "worker") as peak:
        await client.post(f"/imports/{uploaded.id}/confirm")
        view = await client.ended(f"/imports/{uploaded.id}")
    after = cpu_seconds(house.supervisor, PARTS)
    took = datetime.fromisoformat(view["finished_at"]) - datetime.fromisoformat(view["confirmed_at"])
    cpu_us = {name: 1e6 * (after[name] - before[name]) / view["rows"] for name in PARTS}
    return Imported(uploaded.id, view, took.total_seconds(), peak, cpu_us)


async def searchable(import_id: UUID) -> float:
    """Waits until all search texts are written; gives seconds from the import's end to then."""
    async with asyncio.timeout(PATIENCE_S):
        while (took := await _texts_after(import_id)) is None:  # noqa: ASYNC110 - the worker does the work
            await asyncio.sleep(LOOK_S)
    return took


async def _texts_after(import_id: UUID) -> float | None:
    async with workspace() as connection:
        took = await connection.fetchval(
            "select extract(epoch from texts_done_at - finished_at) from imports where id = $1", import_id
        )
    return None if took is None else float(took)
