"""The product's own source files as syntax trees, for tests that forbid something everywhere but in named places."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_SOURCE_ROOTS = {"ringyard": ROOT / "platform", "tenants": ROOT, "worker": ROOT, "pbx": ROOT}


@dataclass(frozen=True)
class Source:
    """One module: its dotted name, its path from the root and its tree."""

    module: str
    path: Path
    tree: ast.Module

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def texts(self) -> Iterator[tuple[int, str]]:
        """(line, text) of every string that is not a docstring; what an f-string puts in is shown as `{name}`."""
        skipped = set(_docstrings(self.tree))
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                skipped.update(id(part) for part in ast.walk(node) if part is not node)
                yield node.lineno, "".join(_shown(part) for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                yield node.lineno, node.value


def _shown(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"  # type: ignore[attr-defined]


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


@cache
def sources() -> list[Source]:
    return [
        _parsed(path, base)
        for package, base in _SOURCE_ROOTS.items()
        for path in sorted((base / package).rglob("*.py"))
    ]


def _parsed(path: Path, base: Path) -> Source:
    module = ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")
    return Source(module, path.relative_to(ROOT), ast.parse(path.read_text(), str(path)))
