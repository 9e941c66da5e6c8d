"""The dialer's figures: calls, their timing and cost, workspaces and the dashboard."""

from collections.abc import Callable

from ringyard.bench import bare_calls, campaigns, dashboard, due, setting_up
from ringyard.bench.bare_calls import BareRate
from ringyard.bench.figures import Figure, ms, percentile, two
from ringyard.bench.house import House
from ringyard.bench.whole_campaign import Dialed, dial_a_list
from tenants.context import acting_for

Say = Callable[[str], None]
SUSTAINED, SHARE_OF_BARE = 35.0, 0.5
CPU_MS = 10.0
DUE_P99_S = 0.5
SET_UP_P95_S = 2.0
FULL, FULL_LIMIT_MIN = 10_000, 5.0


async def dialing(made: House, contacts: int, say: Say) -> tuple[list[Figure], list[str]]:
    """Starts the product once the bare calls are made. Gives the attempts and INVITEs that disagree too.

    Raises LocalError."""
    before = await bare_calls.best_rate(made, say)
    bare_times = await bare_calls.originate_to_invite(made, due.COUNT, due.PER_SECOND)
    await made.start_product()
    tenant = await campaigns.customer(made)
    with acting_for(tenant):
        say(f"dialing {contacts} contacts to their end")
        dialed = await dial_a_list(made, contacts)
        async with made.without_controller():
            after = await bare_calls.rate_with(made, before.at_once, "+4853")
        say(f"bare ARI again: {after.per_second:.0f} calls/s")
        say("dialing contacts that become due one by one")
        due_times = await due.due_to_invite(made)
        say("the dashboard")
        pages = await dashboard.dashboard(made)
    say("setting up workspaces")
    whole, bare = await setting_up.whole(made), await setting_up.bare(made)
    figures = [
        *_campaign(dialed, contacts, before, after),
        _processor(made, dialed, before),
        _due(due_times, bare_times),
        _set_up(whole, bare),
        _dashboard(pages),
        _integrity(dialed),
    ]
    return figures, dialed.faults


def _campaign(dialed: Dialed, contacts: int, before: BareRate, after: BareRate) -> list[Figure]:
    """The machine's other load changes within a run, so bare calls are measured on both sides of the campaign."""
    told = f"{before.per_second:.0f} before, {after.per_second:.0f} after, {before.at_once} in flight"
    bare_rate = (before.per_second + after.per_second) / 2
    beside = f"bare ARI {bare_rate:.0f} calls/s ({told})"
    share = dialed.per_second / bare_rate
    answered = f"{dialed.answered} of {dialed.attempts} answered"
    figures = [
        Figure(
            "attempts per second", f"{dialed.per_second:.1f} ({answered})", f"at least {SUSTAINED:.0f}",
            dialed.per_second >= SUSTAINED, beside,
        ),
        Figure(
            "share of bare ARI", f"{share:.0%}", f"at least {SHARE_OF_BARE:.0%}", share >= SHARE_OF_BARE, beside
        ),
    ]  # fmt: skip
    minutes = dialed.took_s / 60
    limit = {"limit": f"under {FULL_LIMIT_MIN:.0f} min", "kept": minutes < FULL_LIMIT_MIN} if contacts >= FULL else {}
    return [*figures, Figure(f"{contacts} contacts, start to finished", f"{minutes:.2f} min", **limit)]  # type: ignore[arg-type]


def _processor(made: House, dialed: Dialed, bare: BareRate) -> Figure:
    cost, ours = dialed.cpu_ms, ("worker", made.controller)
    both = sum(cost[name] for name in ours)
    told = " + ".join(f"{name.split('-')[0]} {cost[name]:.2f}" for name in ours)
    others = ", ".join(f"{name} {cost[name]:.2f}" for name in cost if name not in ours)
    alone = ", ".join(f"{name} {cpu:.2f}" for name, cpu in bare.cpu_ms.items())
    beside = f"{others}; bare calls: {alone} ms"
    return Figure("CPU per attempt", f"{both:.2f} ms ({told})", f"at most {CPU_MS:.0f} ms", both <= CPU_MS, beside)


def _due(times: list[float], bare: list[float]) -> Figure:
    kept = percentile(times, 0.99) < DUE_P99_S
    beside = f"bare ARI, order to INVITE: {two(bare, 0.99)}"
    return Figure("due to INVITE", two(times, 0.99), f"p99 under {ms(DUE_P99_S)}", kept, beside)


def _set_up(whole: list[float], bare: list[float]) -> Figure:
    kept = percentile(whole, 0.95) < SET_UP_P95_S
    beside = f"role, schema and SQL alone: {two(bare, 0.95)}"
    return Figure("workspace set-up", two(whole, 0.95), f"p95 under {ms(SET_UP_P95_S)}", kept, beside)


def _dashboard(pages: dashboard.Dashboard) -> Figure:
    beside = f"/healthz {pages.smallest:.0f}/s; its queries alone {pages.queries_alone:.0f}/s"
    cpu = ", ".join(f"{name} {used:.1f}" for name, used in pages.cpu_ms.items())
    return Figure("dashboard", f"{pages.page:.0f} requests/s (CPU each: {cpu} ms)", beside=beside)


def _integrity(dialed: Dialed) -> Figure:
    told = "; ".join(dialed.faults) or f"{dialed.attempts} attempts, each with its INVITE"
    return Figure("rows against INVITEs", told, "one to one", not dialed.faults)
