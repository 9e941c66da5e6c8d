"""What one test run shares between its processes: the servers, the template database and its two workspaces."""

import asyncio
import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tenants.context import Tenant
from tests.support import servers
from tests.support.databases import build_template, clean_up, settings_for
from tests.support.servers import Servers, locked


@dataclass(frozen=True)
class Run:
    """`name` begins all that this run makes on a server: databases and login roles."""

    name: str
    servers: Servers
    tenants: dict[str, Tenant]

    @property
    def template(self) -> str:
        return f"{self.name}_template"


def joined(folder: Path, name: str) -> Run:
    """The run's shared parts; the first process to come makes them, the others wait for it."""
    found = servers.running(folder / "servers.json")
    note = folder / "template.json"
    with locked(note):
        if not note.exists():
            settings = settings_for(found.database_url, f"{name}_template", name, found.redis_url, folder)
            tenants = asyncio.run(build_template(found.database_url, settings))
            note.write_text(json.dumps([dataclasses.asdict(tenant) for tenant in tenants], default=str))
    tenants = [_tenant(record) for record in json.loads(note.read_text())]
    return Run(name, found, {tenant.slug: tenant for tenant in tenants})


def end(folder: Path, name: str) -> None:
    """What the main process does last: nothing of the run stays on a server or on the disk."""
    note = folder / "servers.json"
    if not note.exists():
        return
    found = servers.noted(note)
    asyncio.run(clean_up(found.database_url, f"{name}_template", name))
    servers.stop(found)


def _tenant(record: dict[str, object]) -> Tenant:
    return Tenant(**{**record, "id": UUID(str(record["id"]))})  # type: ignore[arg-type]
