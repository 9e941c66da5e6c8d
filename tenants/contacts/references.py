"""Whether what a contact points at exists in this workspace. Runs inside an open workspace transaction."""

from ringyard.kit.db import connection
from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.contacts.fields import ContactFields


async def reference_problems(fields: ContactFields) -> list[FieldError]:
    row = await connection().fetchrow(
        """select exists (select from bases where id = $1) as base_id,
                  $2::uuid is null or exists (select from users where id = $2) as responsible_id,
                  $3::uuid is null or exists (select from outcomes where id = $3) as outcome_id,
                  (select count(*) from categories where id = any($4::uuid[])) = $5 as category_ids""",
        fields.base_id, fields.responsible_id, fields.outcome_id, fields.category_ids, len(set(fields.category_ids)),
    )  # fmt: skip
    assert row is not None
    sentences = {
        "base_id": _("There is no such base."),
        "responsible_id": _("There is no such agent."),
        "outcome_id": _("There is no such outcome."),
        "category_ids": _("There is no such category."),
    }
    return [FieldError(field, sentence) for field, sentence in sentences.items() if not row[field]]
