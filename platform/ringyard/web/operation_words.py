"""What bulk work is called on pages: as a choice, as a question before it begins, and afterwards."""

from typing import Any

from ringyard.kit.text import N_, _, ngettext
from ringyard.web.words import STATUSES, word
from tenants.operations.fields import OperationView

KINDS = {
    "category_add": N_("Add a category"),
    "category_remove": N_("Take a category off"),
    "responsible": N_("Change who is responsible"),
    "base": N_("Move to another base"),
    "status": N_("Change the status"),
    "do_not_call": N_("Do not call any more"),
    "delete": N_("Delete"),
    "export": N_("Export"),
}
STATES = {
    "prepared": (N_("Not confirmed"), "yellow"),
    "running": (N_("Running"), "blue"),
    "done": (N_("Done"), "green"),
    "failed": (N_("Failed"), "red"),
    "cancelled": (N_("Cancelled"), "secondary"),
}
_WHAT = {
    "category_add": N_("Category “{value}” added"),
    "category_remove": N_("Category “{value}” taken off"),
    "responsible": N_("Responsible: {value}"),
    "base": N_("Moved to the base “{value}”"),
    "status": N_("Status: {value}"),
    "do_not_call": N_("Put on the do-not-call list"),
    "delete": N_("Deleted"),
    "export": N_("Export as {value}"),
}


def what(view: OperationView) -> str:
    """One line for lists and headings."""
    return _(_WHAT[view.kind], value=_value(view))


def question(view: OperationView, count: str) -> str:
    """Before it begins: what will be done with how many. `count` is `view.total` as the reader writes numbers."""
    given = {"count": count, "value": _value(view)}
    return _questions(view.total)[view.kind].format(**given)


def _questions(n: int) -> dict[str, str]:
    return {
        "category_add": ngettext(
            "Add the category “{value}” to {count} contact?", "Add the category “{value}” to {count} contacts?", n,
            **_AS_THEY_ARE,
        ),
        "category_remove": ngettext(
            "Take the category “{value}” off {count} contact?", "Take the category “{value}” off {count} contacts?", n,
            **_AS_THEY_ARE,
        ),
        "responsible": ngettext(
            "Make “{value}” responsible for {count} contact?", "Make “{value}” responsible for {count} contacts?", n,
            **_AS_THEY_ARE,
        ),
        "base": ngettext(
            "Move {count} contact to the base “{value}”?", "Move {count} contacts to the base “{value}”?", n,
            **_AS_THEY_ARE,
        ),
        "status": ngettext(
            "Set the status “{value}” for {count} contact?", "Set the status “{value}” for {count} contacts?", n,
            **_AS_THEY_ARE,
        ),
        "do_not_call": ngettext(
            "Put all numbers of {count} contact on the do-not-call list?",
            "Put all numbers of {count} contacts on the do-not-call list?", n, **_AS_THEY_ARE,
        ),
        "delete": ngettext(
            "Delete {count} contact? Its calls stay in the reports.",
            "Delete {count} contacts? Their calls stay in the reports.", n, **_AS_THEY_ARE,
        ),
        "export": ngettext(
            "Write {count} contact into a file ({value})?", "Write {count} contacts into a file ({value})?", n,
            **_AS_THEY_ARE,
        ),
    }  # fmt: skip


# Filled after the plural is chosen: the number is written as the reader writes numbers.
_AS_THEY_ARE = {"count": "{count}", "value": "{value}"}


def _value(view: OperationView) -> str:
    value: dict[str, Any] = view.value
    if view.kind == "status":
        return word(STATUSES, value["status"])[0]
    if view.kind == "export":
        return "Excel" if value["format"] == "xlsx" else "CSV"
    return value.get("name") or _("Nobody")
