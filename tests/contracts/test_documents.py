"""The documents name only what is there: files, modules, commands, targets of make, settings and routes."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import click

from ringyard.cli import main
from ringyard.kit.settings import Settings
from tests.support.routes import workspace_routes
from tests.support.sources import ROOT
from tests.support.web import Clients

_FILE = re.compile(r"[\w.*/-]+(/|\.(py|sql|md|toml|yaml|yml|txt|sh|js|css|j2|tf|json))")
_MODULE = re.compile(r"(ringyard(?!\.(env|localhost)\b)|tenants|worker|pbx)(\.\w+)+")
# Read before there are settings, or by make, the tests and third parties alone.
_OTHER_VARIABLES = {"RINGYARD_TEST_DATABASE_URL", "RINGYARD_TEST_REDIS_URL"}


@cache
def _documents() -> dict[str, str]:
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def _named(pattern: str) -> Iterator[tuple[str, str]]:
    """(document, what it names) for every match in running text and code."""
    for document, text in _documents().items():
        for found in re.finditer(pattern, text):
            yield document, found[1]


def _quoted() -> Iterator[tuple[str, str]]:
    return ((document, name.strip()) for document, name in _named(r"`([^`\n]+)`"))


@cache
def _tree() -> list[str]:
    """Every file and folder of ours, folders with a slash at the end; not what set-up makes."""
    tops = [top for top in ROOT.iterdir() if top.name not in (".git", ".venv", ".tools", "node_modules", ".run")]
    found = [*tops, *(path for top in tops if top.is_dir() for path in top.rglob("*"))]
    return [f"/{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}" for path in found]


def test_every_file_that_a_document_names_exists() -> None:
    named = {(document, name) for document, name in _quoted() if _FILE.fullmatch(name) and not name.startswith("/")}
    missing = {(document, name) for document, name in named if not any(fnmatch(one, f"*/{name}") for one in _tree())}
    assert not missing


def test_every_link_between_documents_leads_somewhere() -> None:
    missing = []
    for document, target in _named(r"\]\(([^)#]+)[^)]*\)"):
        if "://" not in target and not (ROOT / Path(document).parent / target).exists():
            missing.append((document, target))
    assert not missing


def test_every_module_that_a_document_names_exists() -> None:
    missing = [(document, name) for document, name in _quoted() if _MODULE.fullmatch(name) and not _found(name)]
    assert not missing


def _found(name: str) -> bool:
    """A module, or something inside one."""
    package, _, last = name.rpartition(".")
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        spec = None
    if spec or not package:
        return spec is not None
    owner = find_spec(package)
    return bool(owner and owner.origin and re.search(rf"\b{last}\b", Path(owner.origin).read_text()))


def test_every_command_that_a_document_names_exists() -> None:
    named = ((document, words.split()) for document, words in _named(r"[`/]ringyard ((?:[a-z]+(?:-[a-z]+)* ?)+)"))
    missing = [(document, words) for document, words in named if not _is_command(main, words)]
    assert not missing


def _is_command(group: click.Command, words: list[str]) -> bool:
    if not isinstance(group, click.Group) or not words:
        return True
    command = group.get_command(click.Context(group), words[0])
    return command is not None and _is_command(command, words[1:])


def test_every_target_of_make_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    missing = [(document, name) for document, name in _named(r"`make ([a-z-]+)") if name not in targets]
    assert not missing


def test_every_setting_that_a_document_names_exists() -> None:
    known = {f"RINGYARD_{name.upper()}" for name in Settings.model_fields} | _OTHER_VARIABLES
    missing = [(document, name) for document, name in _named(r"\b(RINGYARD_[A-Z_]+[A-Z])\b") if name not in known]
    assert not missing


def test_every_route_of_the_api_that_a_document_names_exists(clients: Clients) -> None:
    known = {_plain(route.path) for route in workspace_routes(clients.app)} | {"/api/v1", "/api/v1/openapi.json"}
    missing = [(document, name) for document, name in _named(r"(/api/v1[\w/{}.-]*)") if _plain(name) not in known]
    assert not missing


def _plain(path: str) -> str:
    return re.sub(r"{[^}]*}", "{}", path).rstrip("/.")
