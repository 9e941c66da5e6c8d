"""Whether every contact is found by what it says: its search text beside what that ought to be."""

from tenants.contacts.texts import TEXTS
from tenants.workspace import workspace

_WRONG = f"""
select coalesce(s.contact_id, t.contact_id) as contact_id, s.words as wanted, t.words as stored
from ({TEXTS}) s full join contact_texts t on t.contact_id = s.contact_id
where (s.contact_region, s.name, s.words) is distinct from (t.contact_region, t.name, t.words)
"""


async def wrong_texts() -> list[tuple[object, ...]]:
    """Contact, the words it should have, the words it has. For the workspace that is acted for."""
    async with workspace() as here:
        return [tuple(row) for row in await here.fetch(_WRONG)]
