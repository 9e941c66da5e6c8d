"""Read the machine's own apt sources, so that no mirror is ever named in a file of ours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ringyard.local.faults import LocalError

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


@dataclass(frozen=True)
class Source:
    """One archive: where it is, which suites and components of it are used, and the key that signs it."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str | None = None


def parse_one_line(text: str) -> list[Source]:
    """The old form: `deb [signed-by=...] uri suite component...`."""
    found = re.findall(r"^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#\n]+)", text, re.MULTILINE)
    return [
        Source(uri, (suite,), tuple(components.split()), _option(options, "signed-by"))
        for options, uri, suite, components in found
    ]


def _option(options: str, name: str) -> str | None:
    found = re.search(rf"\b{name}=(\S+)", options)
    return found.group(1) if found else None


def parse_deb822(text: str) -> list[Source]:
    """The new form: stanzas of `Types:`, `URIs:`, `Suites:`, `Components:`, `Signed-By:`."""
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    stanzas = [_stanza(part) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [
        Source(
            uri,
            tuple(s.get("suites", "").split()),
            tuple(s.get("components", "").split()),
            s.get("signed-by"),
        )
        for s in stanzas
        if "deb" in s.get("types", "").split() and s.get("enabled", "yes") != "no"
        for uri in s.get("uris", "").split()
    ]


def _stanza(text: str) -> dict[str, str]:
    fields = re.findall(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t]+.*)*)", text, re.MULTILINE)
    return {name.lower(): value.strip() for name, value in fields}


def debian_mirror(sources: Iterable[Source]) -> Source:
    """The machine's mirror of Debian's main archive (not security, updates or a vendor's). Raises LocalError."""
    for source in sources:
        plain = any("-" not in suite and "/" not in suite for suite in source.suites)
        if plain and "main" in source.components and source.uri.rstrip("/").endswith("/debian"):
            return source
    raise LocalError("No Debian mirror is in the machine's apt sources: add one to /etc/apt/sources.list.")


def suite_line(mirror: Source, suite: str) -> str:
    """A sources.list line for another suite of the same mirror, trusted by the same key."""
    return f"deb [signed-by={mirror.signed_by or KEYRING}] {mirror.uri} {suite} main\n"


def machine_sources(etc: Path = Path("/etc/apt")) -> list[Source]:
    sources: list[Source] = []
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]:
        if path.is_file() and path.suffix in (".list", ".sources"):
            parse = parse_deb822 if path.suffix == ".sources" else parse_one_line
            sources += parse(path.read_text("utf-8", "replace"))
    return sources
