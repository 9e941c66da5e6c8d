"""What a change changed, as the audit keeps it: only the fields that differ, by their names in the table. Pure."""

from collections.abc import Sequence
from typing import Any

import msgspec

from tenants.contacts.fields import ContactView, PhoneView

Values = dict[str, Any]
_KEPT = (
    "name", "email", "region", "timezone", "base_id", "category_ids", "responsible_id", "outcome_id", "status",
    "comment", "external_id", "custom",
)  # fmt: skip


def difference(old: ContactView | None, new: ContactView) -> tuple[Values, Values]:
    """(before, after) as JSON values; without `old` all that a new contact has."""
    before, after = _audited(old) if old else {}, _audited(new)
    changed = [name for name in after if before.get(name, _empty(after[name])) != after[name]]
    was = {name: before[name] for name in changed if name in before}
    return _inside_custom(was, {name: after[name] for name in changed})


def _audited(contact: ContactView) -> Values:
    """`phones` are the numbers in their order; kinds and marks stand apart, since most changes leave them alone."""
    values: Values = msgspec.to_builtins({name: getattr(contact, name) for name in _KEPT})
    phones: Sequence[PhoneView] = contact.phones
    return {
        **values,
        "phones": [phone.number for phone in phones],
        "phone_kinds": {phone.number: phone.kind for phone in sorted(phones, key=lambda one: one.number)},
        "bad_numbers": sorted(phone.number for phone in phones if phone.bad),
    }


def _inside_custom(before: Values, after: Values) -> tuple[Values, Values]:
    """Of own fields and of kinds only what differs; a key that went is missing from `after`."""
    for name in ("custom", "phone_kinds"):
        if name in before:
            was, now = before[name], after[name]
            before[name] = {key: value for key, value in was.items() if now.get(key) != value}
            after[name] = {key: value for key, value in now.items() if was.get(key) != value}
    if _only_follows(before, after):
        before.pop("phone_kinds", None)
        after.pop("phone_kinds", None)
    return before, after


def _only_follows(before: Values, after: Values) -> bool:
    """The kinds of numbers that came or went are no change by themselves."""
    stayed = set(before.get("phones", ())) & set(after.get("phones", ()))
    told = {*before.get("phone_kinds", {}), *after.get("phone_kinds", {})}
    return "phones" in after and not told & stayed


def _empty(value: Any) -> Any:
    return None if value is None else type(value)()
