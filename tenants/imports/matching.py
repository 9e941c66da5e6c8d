"""Which template a file was meant for: by its header row, or by its shape where it has none. Pure."""

from collections.abc import Sequence

from tenants.imports import guess
from tenants.imports.records import Record
from tenants.imports.template_fields import TemplateView

_TOLD_BY_CONTENT = ("phone", "email")


def normalised(headings: Sequence[str]) -> list[str]:
    """Headings as they are compared: case and blanks do not count, nor empty ones at the end."""
    found = [" ".join(heading.replace("\u00a0", " ").split()).casefold() for heading in headings]
    while found and not found[-1]:
        found.pop()
    return found


def fitting(templates: Sequence[TemplateView], found: Sequence[Record], country: str) -> TemplateView | None:
    """The first template that fits records cut by the present encoding and delimiter; None for none."""
    if not found:
        return None
    first = normalised(found[0].cells)
    by_header = next((one for one in templates if one.headings and normalised(one.headings) == first), None)
    return by_header or _by_shape(templates, found, country)


def _by_shape(templates: Sequence[TemplateView], found: Sequence[Record], country: str) -> TemplateView | None:
    """A file without a header: as many columns, and numbers and e-mails stand where the template has them."""
    if guess.header(found, country):
        return None
    roles = guess.columns(found, False, country)
    if "phone" not in roles:
        return None
    return next((one for one in templates if not one.header and _same_shape(one.columns, roles)), None)


def _same_shape(columns: Sequence[str], roles: Sequence[str]) -> bool:
    """Every column that its content tells must be that in the template; the template's numbers must be numbers."""
    if len(columns) != len(roles):
        return False
    told = all(ours == theirs for ours, theirs in zip(columns, roles, strict=True) if theirs in _TOLD_BY_CONTENT)
    return told and any(ours == theirs == "phone" for ours, theirs in zip(columns, roles, strict=True))
