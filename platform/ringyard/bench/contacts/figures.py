"""What the contact base's measurements look like in the table."""

from collections.abc import Mapping, Sequence

from ringyard.bench.contacts.bare import Copied
from ringyard.bench.contacts.bulk import Bulk
from ringyard.bench.contacts.exactness import Answers, Differences
from ringyard.bench.contacts.exporting import Exported
from ringyard.bench.contacts.importing import Imported
from ringyard.bench.contacts.lists import Pages
from ringyard.bench.figures import Figure, ms, percentile

NEW_PER_SECOND, KNOWN_PER_SECOND = 40_000, 120_000
CHILD_MB = 400
LIST_P95_S, LIST_P99_S = 0.05, 0.12
EXPORTED_PER_SECOND = 1_000_000 / 25
CHANGED_PER_SECOND = 100_000 / 5
NEIGHBOUR_TIMES = 2.0
_MB = 1024 * 1024
IDLE = "idle"


def imported(name: str, one: Imported, limit: int, beside: str) -> list[Figure]:
    """Rate and memory."""
    view = one.view
    told = f"{view['added']} added, {view['merged']} merged, {view['skipped']} skipped, {view['junk']} junk"
    cpu = ", ".join(f"{part} {us:.0f}" for part, us in one.cpu_us.items())
    children, own = one.peak.children // _MB, one.peak.own // _MB
    return [
        Figure(
            f"import, {name}", f"{one.per_second:,.0f} rows/s ({view['rows']} in {one.took_s:.1f} s: {told})",
            f"at least {limit:,}", one.per_second >= limit, f"{beside}CPU per row: {cpu} µs",
        ),
        Figure(f"memory, {name}", f"{children} MB", f"under {CHILD_MB} MB", children < CHILD_MB, f"worker {own} MB"),
    ]  # fmt: skip


def alone(copied: Copied, answers: Answers) -> str:
    """The database and the library by themselves."""
    asked = answers.asked / answers.cpu_s
    return f"COPY into bare tables {copied.rows / copied.in_s:,.0f} rows/s; phonenumbers {asked:,.0f} numbers/s; "


def survey(took_s: float, rows: int, faults: Sequence[str]) -> Figure:
    told = "; ".join(faults) or f"{rows / took_s:,.0f} rows/s"
    return Figure("dry run against import", told, "the same numbers", not faults)


def texts(took_s: float, rows: int) -> Figure:
    told = f"{took_s:.1f} s after the import ({rows / took_s:,.0f} rows/s)" if took_s else "with the import"
    return Figure("until names are searchable", told)


def exactness(found: Differences) -> Figure:
    told = f"{found.total} of {found.compared} differ"
    if found.total:
        told += f" ({found.missing} missing, {found.other} other, {found.unexpected} unexpected, {found.junk} junk)"
    return Figure("numbers against phonenumbers", told, "0 differ", found.total == 0)


def lists(contacts: int, pages: Pages, times: float = 1) -> Figure:
    """`times`: how much more a larger base may take."""
    p95, p99 = percentile(pages.times, 0.95), percentile(pages.times, 0.99)
    kept = p95 < times * LIST_P95_S and p99 < times * LIST_P99_S
    cpu = ", ".join(f"{part} {used:.1f}" for part, used in pages.cpu_ms.items())
    beside = f"no filter p95 {ms(percentile(pages.plain, 0.95))}, /healthz {ms(percentile(pages.smallest, 0.95))}; "
    return Figure(
        f"list page at {contacts:,}",
        f"p50 {ms(percentile(pages.times, 0.5))}, p95 {ms(p95)}, p99 {ms(p99)} ({len(pages.times)} pages)",
        f"p95 {ms(times * LIST_P95_S)}, p99 {ms(times * LIST_P99_S)}", kept, f"{beside}CPU each: {cpu} ms",
    )  # fmt: skip


def exported(form: str, one: Exported, bare_s: float | None = None) -> Figure:
    limited = form == "CSV"
    told = f"{one.per_second:,.0f} rows/s ({one.rows} in {one.took_s:.1f} s, {one.size // _MB} MB)"
    memory = f"children {one.peak.children // _MB} MB, worker {one.peak.own // _MB} MB"
    bare = f"COPY to a file {one.rows / bare_s:,.0f} rows/s; " if bare_s else ""
    return Figure(
        f"export, {form}", told, f"at least {EXPORTED_PER_SECOND:,.0f}" if limited else "",
        one.per_second >= EXPORTED_PER_SECOND if limited else None, bare + memory,
    )  # fmt: skip


def bulk(one: Bulk) -> list[Figure]:
    dialing = f"campaign {one.attempts_before:.1f} attempts/s before, {one.attempts_during:.1f} during"
    return [
        Figure(
            f"bulk change, {name}", f"{one.changed / took:,.0f} rows/s ({one.changed} in {took:.1f} s)",
            f"at least {CHANGED_PER_SECOND:,.0f}", one.changed / took >= CHANGED_PER_SECOND, dialing,
        )
        for name, took in one.took_s.items()
    ]  # fmt: skip


def neighbour(times: Mapping[str, Sequence[float]]) -> list[Figure]:
    idle = percentile(times[IDLE], 0.95)
    return [
        Figure(
            f"neighbour's list during {during}", f"p95 {ms(percentile(some, 0.95))} ({len(some)} pages)",
            f"at most {ms(NEIGHBOUR_TIMES * idle)}", percentile(some, 0.95) <= NEIGHBOUR_TIMES * idle,
            f"idle p95 {ms(idle)}",
        )
        for during, some in times.items()
        if during != IDLE and some
    ]  # fmt: skip
