"""The shape of the tree itself."""

import re
import subprocess
import sys

import pytest

from tenants.migrate import files
from tests.support.sources import ROOT

# What a database keeps must not change its meaning under a running release; a later one may only add to it. To drop a
# foreign key takes nothing from an older release: what keeps its rule instead stands beside it.
_NOT_ADDITIVE = re.compile(
    r"\b(drop\s+(table|column|constraint(?!\s+\w+_fkey)|schema|type)|rename\b|alter\s+(column\s+\w+\s+)?(set\s+data\s+)?type"
    r"|set\s+not\s+null|truncate)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("module", ["uuid", "platform", "asyncio"])
def test_the_standard_library_is_not_hidden_by_our_folder(module: str) -> None:
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, check=True, timeout=30)


def test_platform_is_a_source_root_and_no_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert not (ROOT / "tests" / "platform").exists()


@pytest.mark.parametrize("kind", ["core", "workspace"])
def test_migrations_after_the_first_only_add(kind: str) -> None:
    wrong = [version for version, sql in files(kind)[1:] if _NOT_ADDITIVE.search(_without_comments(sql))]
    assert not wrong


@pytest.mark.parametrize("kind", ["core", "workspace"])
def test_migrations_are_numbered_without_gaps(kind: str) -> None:
    numbers = [int(version[:4]) for version, _ in files(kind)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_workspace_migrations_name_no_schema() -> None:
    """They run with the tenant's schema as search path; only extensions have a schema of their own."""
    for version, sql in files("workspace"):
        assert not re.search(r"\b(core|public|t_\w+)\.\w", _without_comments(sql)), version


def _without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*", "", sql)
