-- The contact base at a million contacts: search text apart from what dialing changes, indexes that grow at their end,
-- and what people do with contacts: comments, files, consent, bulk changes, lists of numbers that must not be called.

-- What is searched and sorted by letters, apart from `contacts`: a status that changes must not touch a trigram index.
-- `name` is folded, `words` is the folded name, e-mail and own ID with the digits of all numbers. A large import fills
-- this after its contacts; tenants/contacts/texts.py writes it and nothing else does, but for `contact_region`: it stands here
-- because names of one country lie together in the order of names, far from where a list by name may begin.
create table contact_texts (
    contact_id uuid primary key references contacts (id) on delete cascade,
    name text not null,
    words text not null,
    contact_region text not null
);
insert into contact_texts (contact_id, contact_region, name, words)
select c.id, c.region, translate(lower(c.name), 'ąćęłńóśźżäöüßёґєії', 'acelnoszzaousегеии'),
       translate(lower(c.name || ' ' || c.email || ' ' || c.external_id), 'ąćęłńóśźżäöüßёґєії', 'acelnoszzaousегеии')
           || coalesce((select string_agg(' ' || ltrim(p.number, '+'), '' order by p.position)
                        from phones p where p.contact_id = c.id), '')
from contacts c;
create index contact_texts_name on contact_texts (name collate "C", contact_id);
create index contact_texts_region on contact_texts (contact_region, name collate "C", contact_id);
create index contact_texts_words on contact_texts using gin (words ext.gin_trgm_ops);
-- Which way a search goes depends on how common its words are.
alter table contact_texts alter column words set statistics 1000;
create function contact_texts_follow_regions() returns trigger language plpgsql set search_path from current as $$
begin
    update contact_texts set contact_region = new.region where contact_id = new.id;
    return null;
end $$;
create trigger contact_texts_follow_regions after update of region on contacts
    for each row when (old.region is distinct from new.region) execute function contact_texts_follow_regions();

-- Ascending and read backwards: new rows then go to an index's last page and fill it.
drop index contacts_text, contacts_name, contacts_modified, contacts_base, contacts_category, contacts_responsible,
    contacts_outcome, contacts_import, phones_tail;
create index contacts_modified on contacts (modified_at, id);
create index contacts_base on contacts (base_id, modified_at, id);
create index contacts_status on contacts (status, modified_at, id);
create index contacts_responsible on contacts (responsible_id, modified_at, id) where responsible_id is not null;
create index contacts_outcome on contacts (outcome_id, modified_at, id) where outcome_id is not null;
create index contacts_import on contacts (import_id, id) where import_id is not null;
create index contacts_region on contacts (region);
create index contacts_category on contacts using gin (category_ids) where category_ids <> '{}';

-- Row by row these two foreign keys cost an import more than its indexes: statements keep them in their place.
alter table phones drop constraint phones_contact_id_fkey;
alter table contacts drop constraint contacts_base_id_fkey;
create function phones_follow_contacts() returns trigger language plpgsql set search_path from current as $$
begin
    delete from phones where contact_id in (select id from gone);
    return null;
end $$;
create trigger phones_follow_contacts after delete on contacts referencing old table as gone
    for each statement execute function phones_follow_contacts();
create function contacts_move_to_bases() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from bases where id = new.base_id for key share;
    if not found then
        raise foreign_key_violation using message = 'a contact needs a base';
    end if;
    return null;
end $$;
-- Whoever changes many at once has locked what they point to and says so, by `ringyard.looked_up`.
create trigger contacts_move_to_bases after update of base_id on contacts
    for each row when (old.base_id is distinct from new.base_id
                       and current_setting('ringyard.looked_up', true) is distinct from 'on')
    execute function contacts_move_to_bases();
-- An import's contacts go to the import's base, which its own foreign key keeps.
create trigger contacts_have_bases after insert on contacts
    for each row when (new.import_id is null) execute function contacts_move_to_bases();
create function bases_keep_contacts() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select from contacts where base_id = old.id) then
        raise foreign_key_violation using message = 'the base has contacts';
    end if;
    return old;
end $$;
create trigger bases_keep_contacts before delete on bases for each row execute function bases_keep_contacts();
-- The same for the people responsible: one person gets thousands of contacts at once.
alter table contacts drop constraint contacts_responsible_id_fkey;
create function contacts_have_people() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from users where id = new.responsible_id for key share;
    if not found then
        raise foreign_key_violation using message = 'nobody is responsible by that id';
    end if;
    return null;
end $$;
create trigger contacts_change_people after update of responsible_id on contacts
    for each row when (old.responsible_id is distinct from new.responsible_id and new.responsible_id is not null
                       and current_setting('ringyard.looked_up', true) is distinct from 'on')
    execute function contacts_have_people();
create trigger contacts_have_people after insert on contacts
    for each row when (new.responsible_id is not null and new.import_id is null)
    execute function contacts_have_people();
create function users_keep_contacts() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select from contacts where responsible_id = old.id) then
        raise foreign_key_violation using message = 'somebody is responsible for contacts';
    end if;
    return old;
end $$;
create trigger users_keep_contacts before delete on users for each row execute function users_keep_contacts();

-- Fields of the workspace's own. Values stand in contacts.custom under `key`.
create table custom_fields (
    id uuid primary key,
    key text not null,
    name text not null,
    kind text not null check (kind in ('text', 'number', 'date', 'choice')),
    choices text[] not null default '{}',
    position int not null default 0,
    created_at timestamptz not null default now()
);
create unique index custom_fields_key on custom_fields (lower(key));
-- Earlier imports kept values under any heading: the most used become fields, so that cards go on showing them.
insert into custom_fields (id, key, name, kind, position)
select gen_random_uuid(), key, key, 'text', (row_number() over (order by used desc, key))::int
from (select min(key) as key, count(*) as used from contacts c, jsonb_object_keys(c.custom) key
      where c.custom <> '{}' and key <> '' group by lower(key) order by count(*) desc limit 50) known;

create table favourites (
    user_id uuid not null references users (id),
    contact_id uuid not null references contacts (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (user_id, contact_id)
);
create index favourites_contact on favourites (contact_id);

create table contact_comments (
    id uuid primary key,
    contact_id uuid not null references contacts (id) on delete cascade,
    user_id uuid references users (id),
    text text not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz
);
create index contact_comments_contact on contact_comments (contact_id, created_at desc);

create table documents (
    id uuid primary key,
    contact_id uuid not null references contacts (id) on delete cascade,
    name text not null,
    file_key text not null,
    content_type text not null,
    size bigint not null,
    created_by uuid references users (id),
    created_at timestamptz not null default now()
);
create index documents_contact on documents (contact_id, created_at desc);
create index documents_name on documents using gin (
    translate(lower(name), 'ąćęłńóśźżäöüßёґєії', 'acelnoszzaousегеии') ext.gin_trgm_ops);

create table consents (
    id uuid primary key,
    contact_id uuid not null references contacts (id) on delete cascade,
    source text not null,
    text text not null default '',
    given_at timestamptz not null,
    withdrawn_at timestamptz,
    document_id uuid references documents (id) on delete set null,
    created_by uuid references users (id),
    created_at timestamptz not null default now()
);
create index consents_contact on consents (contact_id, given_at desc);

-- Who changed what on a contact: only the fields that changed. `source` is user, api, import, bulk, dialer or undo;
-- `operation_id` is the bulk operation or import that did it, whose undo reads `before`.
create table changes (
    id bigint generated always as identity primary key,
    contact_id uuid not null,
    operation_id uuid,
    user_id uuid,
    source text not null,
    at timestamptz not null default now(),
    before jsonb not null default '{}',
    after jsonb not null default '{}'
);
create index changes_contact on changes (contact_id, id);
create index changes_operation on changes (operation_id, id) where operation_id is not null;

-- Work on many contacts: bulk changes, exports, erasures. Which contacts is a file of ids, so that what was confirmed
-- is what is done; `position` ids of it are done. `prepared` waits for the confirmation. `skipped` contacts could not
-- be worked on (those in a call are not deleted).
create table operations (
    id uuid primary key,
    kind text not null check (kind in ('category_add', 'category_remove', 'responsible', 'base', 'status',
                                       'do_not_call', 'delete', 'export', 'erase')),
    value jsonb not null default '{}',
    filter jsonb not null default '{}',
    selection_key text,
    state text not null default 'running' check (state in ('prepared', 'running', 'done', 'failed', 'cancelled')),
    total bigint not null default 0,
    position bigint not null default 0,
    changed bigint not null default 0,
    skipped bigint not null default 0,
    error text,
    file_name text,
    file_key text,
    file_size bigint,
    created_by uuid references users (id),
    created_at timestamptz not null default now(),
    moved_at timestamptz not null default now(),
    finished_at timestamptz,
    undo_state text check (undo_state in ('running', 'done')),
    undone_at timestamptz,
    undone bigint not null default 0,
    -- the last row of `changes` that the undo has looked at
    undo_after bigint not null default 0,
    purged_at timestamptz
);
create index operations_created on operations (created_at desc, id desc);

create table searches (
    id uuid primary key,
    user_id uuid not null references users (id),
    name text not null,
    shared boolean not null default false,
    filter jsonb not null,
    created_at timestamptz not null default now()
);
create unique index searches_name on searches (user_id, lower(name));

-- What one user chose for themselves, and what the workspace chose for all.
create table preferences (
    user_id uuid not null references users (id),
    key text not null,
    value jsonb not null,
    primary key (user_id, key)
);
create table workspace_settings (
    key text primary key,
    value jsonb not null,
    changed_at timestamptz not null default now()
);

-- Numbers handed to an agent to call by hand. One agent has a contact at a time.
create table handouts (
    contact_id uuid primary key references contacts (id) on delete cascade,
    agent_id uuid not null references users (id),
    handed_at timestamptz not null default now()
);
create index handouts_agent on handouts (agent_id, handed_at);

-- All calls of one person, also those that no contact is left of: for their export and erasure.
create index calls_number on calls (number);

create table do_not_call (
    number text primary key,
    reason text not null default '',
    source text not null check (source in ('manual', 'import', 'api', 'outcome', 'bulk', 'erasure')),
    created_by uuid references users (id),
    created_at timestamptz not null default now()
);
create index do_not_call_created on do_not_call (created_at desc, number);
create index do_not_call_number on do_not_call (number text_pattern_ops);
create index do_not_call_text on do_not_call using gin ((number || ' ' || reason) ext.gin_trgm_ops);

-- Files of numbers put on the list. `rows` of it are done: where a run goes on after a crash.
create table do_not_call_imports (
    id uuid primary key,
    file_name text not null,
    file_key text not null,
    reason text not null default '',
    state text not null default 'running' check (state in ('running', 'done', 'failed')),
    rows bigint not null default 0,
    added bigint not null default 0,
    known bigint not null default 0,
    junk bigint not null default 0,
    -- the first of them, as pairs: row and cell
    junk_rows jsonb not null default '[]',
    created_by uuid references users (id),
    created_at timestamptz not null default now(),
    moved_at timestamptz not null default now(),
    finished_at timestamptz
);

create table import_templates (
    id uuid primary key,
    name text not null,
    headings text[] not null default '{}',
    width int not null,
    settings jsonb not null,
    builtin boolean not null default false,
    created_by uuid references users (id),
    created_at timestamptz not null default now(),
    used_at timestamptz
);
create unique index import_templates_name on import_templates (lower(name));
-- The fixed order of columns that miniCRM's customers know.
insert into import_templates (id, name, width, settings, builtin)
values (gen_random_uuid(), 'miniCRM', 5, '{"columns": ["phone", "name", "email", "category", "comment"], "header": false}', true);

-- `file_key` is the text that is read: the upload itself, or what an Excel file was turned into.
alter table imports
    add column kind text not null default 'text' check (kind in ('text', 'excel')),
    add column original_key text,
    add column original_size bigint,
    add column duplicates_in_file text not null default 'merge'
        check (duplicates_in_file in ('merge', 'skip', 'add')),
    add column duplicates_elsewhere text not null default 'add'
        check (duplicates_elsewhere in ('merge', 'skip', 'add')),
    add column category_ids uuid[] not null default '{}',
    add column responsible_id uuid references users (id),
    add column template_id uuid references import_templates (id) on delete set null,
    -- of the rows that were no new contacts: found further up in the file, in the base, in another base
    add column repeated bigint not null default 0,
    add column found_here bigint not null default 0,
    add column found_elsewhere bigint not null default 0,
    -- added, but every number is on a do-not-call list
    add column blocked bigint not null default 0,
    -- the dry run: its numbers, how far it is, and for which settings
    add column survey jsonb,
    -- the last contact whose search text is written, while a large import's are written after it
    add column texts_after uuid,
    add column texts_done_at timestamptz,
    -- an undo under way, how far it has walked up the contacts and down the changes, and how many merges it took back
    add column undo_state text check (undo_state in ('running', 'done')),
    add column undo_contact uuid,
    add column undo_change bigint,
    add column unmerged bigint not null default 0,
    -- what people did with it: [{"what", "at", "by"}], the oldest first
    add column history jsonb not null default '[]',
    add column file_deleted_at timestamptz,
    -- kinds of repairs that a job is accepting in its junk
    add column accepting text[] not null default '{}';
update imports set duplicates_in_file = duplicates, texts_done_at = now();

alter table junk
    add column repair text,
    add column proposal text,
    add column resolved_at timestamptz,
    add column contact_id uuid;
create index junk_repairs on junk (import_id, repair) where repair is not null and resolved_at is null;
