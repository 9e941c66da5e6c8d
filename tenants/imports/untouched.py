"""What an undo may touch, as SQL conditions: contacts and merges as the import left them, not called since."""

# Of contact `c`, which the import added. What people attached to it would be gone with it.
UNTOUCHED = """
c.modified_at = c.created_at and not exists (select from calls k where k.contact_id = c.id)
and not exists (select from contact_comments o where o.contact_id = c.id)
and not exists (select from documents d where d.contact_id = c.id)
and not exists (select from consents s where s.contact_id = c.id)
"""

_VALUES = """jsonb_build_object('name', c.name, 'email', c.email, 'comment', c.comment, 'external_id', c.external_id,
                    'responsible_id', c.responsible_id)"""

# What change `m` of an import added: numbers, categories. Of own fields it adds those that were not there.
ADDED_NUMBERS = """
array(select jsonb_array_elements_text(coalesce(m.after -> 'phones', '[]'))
      except select jsonb_array_elements_text(coalesce(m.before -> 'phones', '[]')))
"""
ADDED_CATEGORIES = """
(array(select jsonb_array_elements_text(coalesce(m.after -> 'category_ids', '[]'))
       except select jsonb_array_elements_text(coalesce(m.before -> 'category_ids', '[]')))::uuid[])
"""

# Contact `c` has all that change `m` gave it.
UNCHANGED = f"""
not exists (select from jsonb_each(m.after - '{{phones,category_ids,custom}}'::text[]) a
            where {_VALUES} -> a.key is distinct from a.value)
and c.custom @> coalesce(m.after -> 'custom', '{{}}')
and c.category_ids @> {ADDED_CATEGORIES}
and not exists (select from unnest({ADDED_NUMBERS}) n
                where not exists (select from phones p where p.contact_id = c.id and p.number = n))
"""
UNCALLED = "not exists (select from calls k where k.contact_id = c.id and k.reserved_at > m.at)"

# Change `m` of import $1 has not been taken back yet.
STANDING = """
m.operation_id = $1 and m.source = 'import' and not exists (
    select from changes u
    where u.contact_id = m.contact_id and u.operation_id = m.operation_id and u.source = 'undo' and u.id > m.id)
"""
