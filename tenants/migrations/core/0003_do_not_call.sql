-- Numbers that nobody may call, kept by the operator. Workspaces cannot read the list; they may ask about numbers.
create table core.do_not_call (
    number text primary key,
    reason text not null default '',
    created_at timestamptz not null default now()
);
create function ext.on_service_list(numbers text[]) returns setof text
    language sql stable security definer set search_path = ''
    as 'select d.number from unnest(numbers) n join core.do_not_call d on d.number = n group by d.number';
