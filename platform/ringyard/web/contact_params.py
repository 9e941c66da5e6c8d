"""The filters of a contact list in the address of its page."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import get_args
from urllib.parse import urlencode
from uuid import UUID

from ringyard.web.formats import zone
from tenants.contacts.fields import Status
from tenants.contacts.filters import ContactFilter, Sort
from tenants.searches.fields import NAMES

USUAL_SORT: Sort = "-modified"
FILTERS = tuple(name for name in NAMES if name != "sort")


def chosen_of(params: Mapping[str, str]) -> dict[str, str]:
    """Every filter by name, empty where none is chosen."""
    return {name: params.get(name, "").strip()[:200] for name in FILTERS}


def address(chosen: Mapping[str, str], **more: str) -> str:
    """The query string of the filters that are chosen."""
    return urlencode({name: value for name, value in {**chosen, **more}.items() if value})


def filter_of(chosen: Mapping[str, str], user_id: UUID, base_id: UUID | None = None) -> ContactFilter:
    """What cannot be read is no filter; days are whole days of the workspace's clock."""
    return ContactFilter(
        base_id=base_id or _id(chosen["base_id"]),
        group=chosen["group"] or None,
        category_id=_id(chosen["category_id"]),
        agent_id=_id(chosen["agent_id"]),
        outcome_id=_id(chosen["outcome_id"]),
        status=chosen["status"] if chosen["status"] in get_args(Status) else None,  # type: ignore[arg-type]
        modified_from=_midnight(chosen["modified_from"], 0),
        modified_to=_midnight(chosen["modified_to"], 1),
        created_from=_midnight(chosen["created_from"], 0),
        created_to=_midnight(chosen["created_to"], 1),
        region=chosen["region"] or None,
        import_id=_id(chosen["import_id"]),
        favourite_of=user_id if chosen["favourite"] else None,
        has_email={"true": True, "false": False}.get(chosen["has_email"]),
        q=chosen["q"],
    )


def sort_of(text: str) -> Sort:
    return text if text in get_args(Sort) else USUAL_SORT  # type: ignore[return-value]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _midnight(text: str, ahead: int) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text[:10]) + timedelta(days=ahead), time.min, zone())
    except (ValueError, OverflowError):
        return None
