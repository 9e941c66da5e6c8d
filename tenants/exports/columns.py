"""The columns of an export: what each is called, and the SQL of its cells. `c` is the contact, `$2` on are values."""

from ringyard.kit.text import N_
from tenants.contacts.rows import LIVE

CUSTOM = "custom:"
PHONES = 3
"""So many numbers have a column each; further ones stand together in one."""

HEADINGS = {
    "name": N_("Name"),
    "phone": N_("Phone"),
    "phone_2": N_("Phone 2"),
    "phone_3": N_("Phone 3"),
    "further_phones": N_("Further phones"),
    "email": N_("E-mail"),
    "base": N_("Base"),
    "group": N_("Group"),
    "categories": N_("Categories"),
    "responsible": N_("Responsible"),
    "status": N_("Status"),
    "outcome": N_("Outcome"),
    "comment": N_("Comment"),
    "region": N_("Region"),
    "timezone": N_("Time zone"),
    "external_id": N_("Your own ID"),
    "import": N_("Import"),
    "created": N_("Created"),
    "modified": N_("Changed"),
    "id": N_("Ringyard ID"),
}
# Text that people wrote: a spreadsheet must not run it.
WRITTEN = {
    "name": "c.name",
    "further_phones": f"array_to_string(p.numbers[{PHONES + 1}:], ', ')",
    "email": "c.email",
    "base": "b.name",
    "group": "b.group_name",
    "categories": "sets.names",
    "responsible": "u.name",
    "status": f"coalesce(given.statuses ->> case when c.id in {LIVE} then 'in_call' else c.status end, c.status)",
    "outcome": "o.name",
    "comment": "c.comment",
    "region": "c.region",
    "timezone": "c.timezone",
    "external_id": "c.external_id",
    "import": "i.file_name",
}
# Ours, or a number in E.164: nothing in it can be a formula.
OURS = {
    "phone": "p.numbers[1]",
    "phone_2": "p.numbers[2]",
    "phone_3": "p.numbers[3]",
    "created": "date_trunc('second', c.created_at at time zone given.zone)",
    "modified": "date_trunc('second', c.modified_at at time zone given.zone)",
    "id": "c.id",
}
_PHONES = """cross join lateral (
        select array(select number from phones where contact_id = c.id order by position) as numbers offset 0
    ) p"""
# Few sets of categories are many contacts'.
_CATEGORIES = """left join (
        select category_ids, (select string_agg(k.name, ', ' order by lower(k.name)) from categories k
                              where k.id = any (category_ids)) as names
        from (select distinct category_ids from c where category_ids <> '{}') known
    ) sets on sets.category_ids = c.category_ids"""
_BASES = "left join bases b on b.id = c.base_id"
JOINS = {
    "phone": _PHONES,
    "phone_2": _PHONES,
    "phone_3": _PHONES,
    "further_phones": _PHONES,
    "categories": _CATEGORIES,
    "base": _BASES,
    "group": _BASES,
    "responsible": "left join users u on u.id = c.responsible_id",
    "outcome": "left join outcomes o on o.id = c.outcome_id",
    "import": "left join imports i on i.id = c.import_id",
}
