-- One customer's work. Runs as the tenant's role with the tenant's schema as search path, so names are never qualified.
create table users (
    id uuid primary key,
    number int generated always as identity unique,
    login text not null,
    email text,
    name text not null,
    role text not null check (role in ('admin', 'supervisor', 'operator', 'developer')),
    password_hash text,
    extension text unique,
    sip_password text,
    active boolean not null default true,
    language text not null default 'en',
    state text not null default 'offline'
        check (state in ('offline', 'ready', 'ringing', 'talking', 'wrap_up', 'paused')),
    state_since timestamptz not null default now(),
    created_at timestamptz not null default now()
);
create unique index users_login on users (lower(login));

create table tokens (
    id uuid primary key,
    user_id uuid not null references users (id),
    name text not null,
    token_hash bytea not null unique,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at timestamptz
);

create table idempotency (
    user_id uuid not null,
    key text not null,
    request_hash bytea not null,
    status int,
    headers jsonb,
    body bytea,
    created_at timestamptz not null default now(),
    primary key (user_id, key)
);

create table bases (
    id uuid primary key,
    name text not null,
    group_name text not null default '',
    created_at timestamptz not null default now()
);
create unique index bases_name on bases (lower(name));

create table categories (
    id uuid primary key,
    name text not null,
    colour text not null default '#64748b',
    created_at timestamptz not null default now()
);
create unique index categories_name on categories (lower(name));

create table outcomes (
    id uuid primary key,
    name text not null,
    colour text not null default '#64748b',
    kind text not null default 'other'
        check (kind in ('final', 'success', 'callback', 'bad_number', 'do_not_call', 'other')),
    position int not null default 0,
    created_at timestamptz not null default now()
);
create unique index outcomes_name on outcomes (lower(name));

create table contacts (
    id uuid primary key,
    base_id uuid not null references bases (id),
    name text not null default '',
    email text not null default '',
    region text not null default '',
    timezone text not null default '',
    responsible_id uuid references users (id),
    outcome_id uuid references outcomes (id),
    category_ids uuid[] not null default '{}',
    status text not null default 'new'
        check (status in ('new', 'queued', 'callback', 'done', 'junk', 'do_not_call')),
    comment text not null default '',
    external_id text not null default '',
    custom jsonb not null default '{}',
    import_id uuid,
    created_at timestamptz not null default now(),
    modified_at timestamptz not null default now()
);
create index contacts_modified on contacts (modified_at desc, id desc);
create index contacts_base on contacts (base_id, modified_at desc, id desc);
-- Names and addresses are searched and sorted folded: without case and without the accents that keyboards lack. The
-- same expression stands in tenants/contacts/folding.py.
create index contacts_text on contacts using gin (
    translate(lower(name || ' ' || email), 'ąćęłńóśźżäöüßёґєії', 'acelnoszzaousегеии') ext.gin_trgm_ops);
create index contacts_name on contacts
    (base_id, translate(lower(name), 'ąćęłńóśźżäöüßёґєії', 'acelnoszzaousегеии') collate "C", id);
create index contacts_category on contacts using gin (category_ids);
create index contacts_responsible on contacts (responsible_id, modified_at desc, id desc)
    where responsible_id is not null;
create index contacts_outcome on contacts (outcome_id, modified_at desc, id desc) where outcome_id is not null;
create index contacts_import on contacts (import_id) where import_id is not null;

create table phones (
    contact_id uuid not null references contacts (id) on delete cascade,
    position smallint not null,
    number text not null,
    kind text not null default '',
    region text not null default '',
    timezone text not null default '',
    -- the network said that nobody has this number; it is not called again
    bad boolean not null default false,
    primary key (contact_id, position)
);
create index phones_number on phones (number text_pattern_ops);
create index phones_tail on phones (reverse(number) text_pattern_ops);

create table imports (
    id uuid primary key,
    base_id uuid not null references bases (id),
    file_name text not null,
    file_key text not null,
    size bigint not null,
    encoding text not null,
    delimiter text not null,
    columns jsonb not null,
    country text not null,
    header boolean not null,
    duplicates text not null default 'merge' check (duplicates in ('merge', 'skip', 'add')),
    state text not null default 'preview' check (state in ('preview', 'running', 'done', 'failed', 'cancelled')),
    rows bigint not null default 0,
    added bigint not null default 0,
    merged bigint not null default 0,
    skipped bigint not null default 0,
    junk bigint not null default 0,
    bytes_done bigint not null default 0,
    -- records of the file that are in the base or in the junk: where a run goes on after a crash
    position bigint not null default 0,
    error text,
    created_by uuid,
    created_at timestamptz not null default now(),
    confirmed_at timestamptz,
    moved_at timestamptz,
    finished_at timestamptz,
    undone_at timestamptz,
    removed bigint not null default 0
);
create index imports_created on imports (created_at desc);

create table junk (
    id uuid primary key,
    import_id uuid not null references imports (id) on delete cascade,
    base_id uuid not null references bases (id),
    row_number bigint not null,
    column_number int,
    cells jsonb not null,
    reason text not null,
    created_at timestamptz not null default now()
);
create index junk_import on junk (import_id, row_number);
create index junk_base on junk (base_id, created_at desc, id desc);

create table audio (
    id uuid primary key,
    name text not null,
    state text not null default 'processing' check (state in ('processing', 'ready', 'failed')),
    duration_s double precision,
    file_key text not null,
    error text,
    created_at timestamptz not null default now()
);

create table trunks (
    id uuid primary key,
    number int generated always as identity unique,
    name text not null,
    kind text not null check (kind in ('ip', 'register', 'sandbox')),
    host text not null default '',
    port int not null default 5060,
    username text not null default '',
    password text not null default '',
    max_channels int not null default 30,
    max_cps int not null default 5,
    caller_id text not null default '',
    status text not null default 'unknown',
    created_at timestamptz not null default now()
);
create unique index trunks_name on trunks (lower(name));

create table scenarios (
    id uuid primary key,
    name text not null,
    starts_at text not null default '09:00',
    ends_at text not null default '18:00',
    weekdays smallint[] not null default '{1,2,3,4,5}',
    redials int not null default 2,
    redial_after_min int not null default 60,
    calls_per_day int not null default 3,
    days_to_call int not null default 3,
    period_days int not null default 1,
    redial_if_answered boolean not null default false,
    call_all_numbers boolean not null default false,
    check_other_bases boolean not null default false,
    allowed_prefixes text[] not null default '{}',
    destination_kind text not null default 'record'
        check (destination_kind in ('extension', 'queue', 'trunk', 'terminate', 'ivr', 'record')),
    destination_target text,
    ring_timeout_s int not null default 30,
    amd boolean not null default false,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    modified_at timestamptz not null default now()
);
create unique index scenarios_name on scenarios (lower(name));

create table campaigns (
    id uuid primary key,
    name text not null,
    base_id uuid not null references bases (id),
    scenario_id uuid not null references scenarios (id),
    trunk_id uuid not null references trunks (id),
    mode text not null default 'broadcast' check (mode in ('preview', 'progressive', 'predictive', 'broadcast')),
    max_channels int not null default 10,
    max_cps int not null default 2,
    abandon_limit double precision not null default 0.03,
    caller_id text not null default '',
    record boolean not null default false,
    state text not null default 'draft' check (state in ('draft', 'running', 'paused', 'stopped', 'finished')),
    pause_reason text,
    -- calls in a row that the trunk did not answer at all
    silent_streak int not null default 0,
    -- when the base was last read into the campaign's targets to its end; null while that is still to do
    enrolled_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null default now()
);
create unique index campaigns_name on campaigns (lower(name));
create index campaigns_running on campaigns (id) where state = 'running';

-- One contact in one campaign: when it may be called next, or why it will not be called again.
create table targets (
    campaign_id uuid not null references campaigns (id),
    contact_id uuid not null references contacts (id) on delete cascade,
    state text not null check (state in ('waiting', 'active', 'done')),
    reason text not null default '',
    zone text not null,
    due_at timestamptz not null,
    position smallint not null default 0,
    round smallint not null default 0,
    day date,
    calls_today smallint not null default 0,
    days_called smallint not null default 0,
    last_result text,
    primary key (campaign_id, contact_id)
) with (fillfactor = 80);
create index targets_due on targets (campaign_id, zone, due_at, contact_id) where state = 'waiting';
create index targets_contact on targets (contact_id);

create table calls (
    -- fixed length, and the channel's id at Asterisk: one row, at most one INVITE
    id uuid primary key,
    campaign_id uuid references campaigns (id),
    contact_id uuid references contacts (id) on delete set null,
    agent_id uuid references users (id),
    trunk_id uuid references trunks (id),
    direction text not null default 'outbound' check (direction in ('outbound', 'inbound')),
    number text not null,
    caller_id text not null default '',
    node text not null,
    fence bigint not null default 0,
    state text not null default 'reserved'
        check (state in ('reserved', 'dialing', 'ringing', 'answered', 'bridged', 'ended')),
    result text,
    cause int,
    sip_code int,
    record boolean not null default false,
    queued_at timestamptz not null,
    reserved_at timestamptz not null default now(),
    originated_at timestamptz,
    ringing_at timestamptz,
    answered_at timestamptz,
    bridged_at timestamptz,
    ended_at timestamptz,
    talk_s double precision not null default 0,
    billed_s int not null default 0,
    cost numeric(14, 4) not null default 0,
    recording_id uuid
) with (fillfactor = 80);
create index calls_live on calls (node) where ended_at is null;
create index calls_reserved on calls (reserved_at desc, id desc);
create index calls_campaign on calls (campaign_id, reserved_at desc, id desc);
create index calls_contact on calls (contact_id, reserved_at desc);

create table recordings (
    id uuid primary key,
    call_id uuid not null unique references calls (id),
    file_key text not null,
    content_type text not null,
    size bigint not null,
    duration_s double precision,
    created_at timestamptz not null default now()
);

-- One row: the number of the newest dial lease. A reservation under an older number is refused.
create table dial_fence (
    id boolean primary key default true check (id),
    number bigint not null default 0
);
insert into dial_fence default values;
