-- The shared tables: who our customers are and what runs for them. No customer's own data lives here.
create table core.workspaces (
    id uuid primary key,
    number int generated always as identity unique,
    slug text not null unique,
    schema text not null unique,
    name text not null,
    country text not null default 'PL',
    timezone text not null default 'Europe/Warsaw',
    status text not null check (status in ('provisioning', 'active', 'suspended')),
    home_node text,
    created_at timestamptz not null default now(),
    ready_at timestamptz,
    -- set before a campaign starts, cleared by the dial job when none runs: where the clock looks for work
    dialing_since timestamptz
);
create index workspaces_dialing on core.workspaces (dialing_since) where dialing_since is not null;

create table core.signups (
    id uuid primary key,
    token_hash bytea not null unique,
    email text not null,
    full_name text not null,
    company text not null,
    slug text not null,
    country text not null,
    password_hash text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    confirmed_at timestamptz,
    workspace_id uuid references core.workspaces (id)
);

create table core.workspace_services (
    workspace_id uuid not null references core.workspaces (id),
    key text not null,
    active boolean not null default true,
    changed_at timestamptz not null default now(),
    primary key (workspace_id, key)
);

create table core.nodes (
    name text primary key,
    state text not null default 'active' check (state in ('active', 'drained')),
    ari_url text not null,
    sip_host text not null,
    sip_port int not null,
    max_channels int not null,
    max_cps int not null,
    changed_at timestamptz not null default now()
);
