"""Text folded for search and sort: without case and without accents, the same in SQL and in the migrations' indexes."""

_FROM = "ąćęłńóśźżäöüßёґєії"
_TO = "acelnoszzaousегеии"


def folded(expression: str) -> str:
    """The SQL for an SQL expression folded."""
    return f"translate(lower({expression}), '{_FROM}', '{_TO}')"


NAME = folded("name") + ' collate "C"'
TEXT = folded("name || ' ' || email")
