"""The Piccolo tables say what the migrations made: same columns, types and nullability."""

from importlib import import_module

import pytest
from piccolo.columns import Array, Column, Numeric
from piccolo.table import Table

from tenants.context import Tenant
from tenants.workspace import workspace
from tests.support.sources import sources

# Piccolo's names where Postgres prints another.
_TYPES = {
    "TIMESTAMPTZ": "timestamp with time zone",
    "TIMESTAMP": "timestamp without time zone",
    "INTEGER": "integer",
    "SERIAL": "integer",
}
_COLUMNS = """
select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as null
from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
"""


def _tables() -> list[type[Table]]:
    modules = [source.module for source in sources() if source.module.endswith(".tables")]
    found = [value for module in modules for value in vars(import_module(module)).values() if isinstance(value, type)]
    return sorted({value for value in found if issubclass(value, Table) and value is not Table}, key=str)


def _type(column: Column) -> str:
    if isinstance(column, Array):
        return f"{_type(column.base_column)}[]"
    if isinstance(column, Numeric) and column.digits:
        return f"numeric({column.digits[0]},{column.digits[1]})"
    name: str = column.column_type
    return _TYPES.get(name, name.lower())


@pytest.mark.parametrize("table", _tables(), ids=lambda table: table._meta.tablename)
async def test_a_table_equals_its_schema(in_tenant: Tenant, table: type[Table]) -> None:
    async with workspace() as connection:
        rows = await connection.fetch(_COLUMNS, table._meta.tablename)
    real = {row["name"]: (row["type"], row["null"]) for row in rows}
    said = {column._meta.db_column_name: (_type(column), column._meta.null) for column in table._meta.columns}
    assert said == real
