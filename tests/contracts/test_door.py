"""Nobody goes round the tenant's door: what could is forbidden everywhere but in the few modules that are the door."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.support.sources import Source, sources

DOOR = {"ringyard.kit.db", "tenants.workspace"}
OWN_CONNECTIONS = {
    "ringyard.kit.db",
    "tenants.logins",  # administrator and provisioner
    "ringyard.local.postgres",  # does our own server answer
    "ringyard.local.readiness",
    "ringyard.bench.setting_up",  # what Postgres alone would take, as the measure of ours
    "ringyard.bench.dashboard",
    "ringyard.bench.contacts.bare",
    "ringyard.bench.contacts.base_rows",
}
PROVISIONING = {"tenants.migrate", "tenants.provision", "tenants.logins", "ringyard.bench.setting_up"}
MEASURES = {"ringyard.bench.contacts.bare"}  # bare Postgres: beside the product, as an administrator
# Where work for a tenant comes in from outside. A new edge is a decision: say here what brings the tenant.
EDGES = {
    "tenants.context",  # where it is defined
    "ringyard.web.middleware.hosts",  # the Host header
    "ringyard.accounts.signing_up",  # the workspace that was just made
    "ringyard.accounts.opening",
    "ringyard.commands.session",  # an operator names it
    "ringyard.local.demo",
    "ringyard.bench.dialing",
    "ringyard.bench.contacts.run",
    "worker.tenancy",  # a message's option
    "pbx.inbox",  # a channel's variable, as all in pbx
    "pbx.flow",
    "pbx.legs",
    "pbx.prompts",
    "pbx.reconcile",
}
Finding = Iterator[int]


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def opened_transactions(source: Source) -> Finding:
    return (call.lineno for call in source.calls() if _called(call) in ("transaction", "db.transaction"))


def transactions_on_a_connection(source: Source) -> Finding:
    return (call.lineno for call in source.calls() if _called(call).endswith("connection.transaction"))


def ways_round_the_transaction(source: Source) -> Finding:
    """Piccolo runs these on a connection of their own."""
    for call in source.calls():
        name = _called(call).rpartition(".")[2]
        on_a_node = name == "run" and any(keyword.arg == "node" for keyword in call.keywords)
        piccolo_s_own = re.search(r"\b(DB|engine|ENGINE)\.(transaction|atomic|batch)$", _called(call))
        if name in ("run_sync", "get_new_connection") or on_a_node or piccolo_s_own:
            yield call.lineno
        if name == "batch" and isinstance(call.func, ast.Attribute) and "select(" in _called(call):
            yield call.lineno


def own_connections(source: Source) -> Finding:
    names = ("asyncpg.connect", "asyncpg.create_pool", "create_pool", "start_connection_pool", "DB.pool.acquire")
    return (call.lineno for call in source.calls() if _called(call).endswith(names))


def tenants_chosen(source: Source) -> Finding:
    return (call.lineno for call in source.calls() if _called(call).endswith("acting_for"))


def _lines(source: Source, pattern: str) -> Finding:
    return (line for line, text in source.texts() if re.search(pattern, text, re.IGNORECASE))


def roles_and_paths_set(source: Source) -> Finding:
    return _lines(
        source, r"set_config\('(role|search_path)|\bset\s+(local\s+|session\s+)?(role|search_path)\b|reset role"
    )


def qualified_tenant_tables(source: Source) -> Finding:
    return _lines(source, r'\bt_[a-z0-9]{6,}|\{[\w.]*schema\}"?\.|"t_')


def selected_everything(source: Source) -> Finding:
    return _lines(source, r"\bselect\s+(\w+\.)?\*|\breturning\s+\*")


RULES: list[tuple[Callable[[Source], Finding], Iterable[str]]] = [
    (opened_transactions, DOOR),
    (transactions_on_a_connection, {"ringyard.kit.db", *PROVISIONING}),
    (ways_round_the_transaction, ()),
    (own_connections, OWN_CONNECTIONS),
    (tenants_chosen, EDGES),
    (roles_and_paths_set, {"ringyard.kit.db", *PROVISIONING}),
    (qualified_tenant_tables, {*PROVISIONING, *MEASURES}),
    (selected_everything, ()),
]


@pytest.mark.parametrize(("rule", "allowed"), RULES, ids=[rule.__name__ for rule, _ in RULES])
def test_only_the_door_has(rule: Callable[[Source], Finding], allowed: Iterable[str]) -> None:
    found = [f"{source.path}:{line}" for source in sources() if source.module not in allowed for line in rule(source)]
    assert not found, f"{rule.__name__} outside {sorted(allowed)}"


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (opened_transactions, "async with transaction('t_x', 't_x'): pass"),
        (transactions_on_a_connection, "async with connection.transaction(): pass"),
        (ways_round_the_transaction, "Contact.select().run_sync()"),
        (ways_round_the_transaction, "await Contact.select().run(node='replica')"),
        (ways_round_the_transaction, "async with await Contact.select().batch(): pass"),
        (ways_round_the_transaction, "async with DB.transaction(): pass"),
        (own_connections, "await asyncpg.connect(url)"),
        (tenants_chosen, "with acting_for(tenant): pass"),
        (roles_and_paths_set, "await connection.execute('set local role x')"),
        (qualified_tenant_tables, "f'select id from \"{tenant.schema}\".contacts'"),
        (selected_everything, "'select * from contacts'"),
    ],
)
def test_the_rule_sees_what_it_forbids(rule: Callable[[Source], Finding], line: str) -> None:
    body = ast.parse(f"async def work():\n    x = ({line})" if line[0] in "f'" else f"async def work():\n    {line}")
    assert list(rule(Source("somewhere", sources()[0].path, body)))
