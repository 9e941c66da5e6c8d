-- What Asterisk reads by realtime: SIP accounts of agents' phones, as rows so that a node knows them at once and needs
-- no reload. Every column is an option of pjsip.conf by its name there (an unknown name makes Asterisk refuse the row,
-- so nothing else may be added); what all phones share stands as a default. Written by pbx.endpoints alone.
create table core.ps_aors (
    id text primary key,
    max_contacts integer not null default 3,
    remove_existing text not null default 'yes',
    qualify_frequency integer not null default 60,
    support_path text not null default 'yes'
);

create table core.ps_auths (
    id text primary key,
    auth_type text not null default 'userpass',
    username text not null,
    password text not null
);

create table core.ps_endpoints (
    id text primary key,
    transport text not null default 'udp',
    aors text not null,
    auth text not null,
    context text not null default 'agents',
    disallow text not null default 'all',
    allow text not null default 'alaw,ulaw',
    set_var text not null,
    callerid text not null,
    direct_media text not null default 'no',
    rtp_symmetric text not null default 'yes',
    force_rport text not null default 'yes',
    rewrite_contact text not null default 'yes',
    allow_subscribe text not null default 'no',
    allow_transfer text not null default 'no'
);
