"""`ringyard doctor`: asks every part once and says what to do about each fault."""

import os
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from pbx.health import key as controller_key
from ringyard.kit.settings import NodeSettings, Settings
from ringyard.kit.text import _
from ringyard.local import readiness, redis
from ringyard.local.findings import Finding
from ringyard.local.installation import current, env_file
from ringyard.local.machine_checks import machine_findings
from ringyard.local.ports import is_free
from ringyard.local.programs import NAMED_BY


async def examine(home: Path) -> list[Finding]:
    """Every part of the machine and of the installation in this home."""
    named = frozenset(name for name, variable in NAMED_BY.items() if os.environ.get(variable))
    findings = machine_findings(home, named)
    if not env_file(home).exists() and "postgres" not in named:
        return [*findings, Finding("installation", _("Nothing was ever started in {home}: run `make up`.", home=home))]
    settings = current(home)
    return [*findings, *await installation_findings(settings)]


async def installation_findings(settings: Settings) -> list[Finding]:
    findings = [await database(settings), await migrations(settings), await redis_server(settings)]
    findings.append(await web(settings))
    findings.append(await beat(settings, "worker", readiness.WORKER_KEY))
    if not settings.nodes:
        findings.append(
            Finding("nodes", _("No Asterisk node is known: run `make up`, or name them in RINGYARD_NODES."))
        )
    for node in settings.nodes:
        findings.append(await ari(settings, node))
        findings.append(await beat(settings, f"controller-{node.name}", controller_key(node.name)))
    return findings


async def database(settings: Settings) -> Finding:
    place = settings.database_url.rpartition("@")[2]
    well = await readiness.database_answers(settings.database_url)
    return Finding("postgres", None if well else _server_fault(settings, "postgres", place), place)


async def redis_server(settings: Settings) -> Finding:
    place = settings.redis_url.rpartition("@")[2]
    well = await redis.answers(settings.redis_url)
    return Finding("redis", None if well else _server_fault(settings, "redis", place), place)


def _server_fault(settings: Settings, name: str, place: str) -> str:
    if os.environ.get(NAMED_BY[name]):
        return _("No answer at {place}: start it, or mend {variable}.", place=place, variable=NAMED_BY[name])
    log = settings.home / "log" / f"{name}.log"
    return _("No answer at {place}: run `make up`, and if it goes on see {log}.", place=place, log=log)


async def migrations(settings: Settings) -> Finding:
    try:
        behind = await readiness.unmigrated(settings)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return Finding("migrations", _("Unknown while Postgres does not answer: mend that first."))
    told = ", ".join(behind[:5])
    fault = _("Not migrated: {told}; run `.venv/bin/ringyard migrate`.", told=told) if behind else None
    return Finding("migrations", fault, _("all applied"))


async def web(settings: Settings) -> Finding:
    if await readiness.web_answers(settings):
        return Finding("web", None, settings.apex_url())
    if not is_free(settings.port):
        fault = _("Port {port} is held by another program: name a free one in RINGYARD_PORT.", port=settings.port)
        return Finding("web", fault)
    return Finding("web", _part_fault(settings, "web"))


async def ari(settings: Settings, node: NodeSettings) -> Finding:
    well = await readiness.ari_answers(node)
    return Finding(node.name, None if well else _part_fault(settings, node.name), node.ari_url)


async def beat(settings: Settings, part: str, key: str) -> Finding:
    well = await readiness.beats(settings.redis_url, key)
    return Finding(part, None if well else _part_fault(settings, part), _("alive"))


def _part_fault(settings: Settings, part: str) -> str:
    log = settings.home / "log" / f"{part}.log"
    return _("Does not answer: run `make up`, and if it goes on see {log}.", log=log)


def verdict(findings: Sequence[Finding]) -> str:
    faults = sum(finding.fault is not None for finding in findings)
    return _("All is well.") if not faults else _("{n} of {all} parts need attention.", n=faults, all=len(findings))
