-- What Asterisk reads by realtime (res_config_pgsql): SIP accounts of agents' extensions. Filled by pbx.endpoints.
create table core.ps_endpoints (id text primary key);
create table core.ps_auths (id text primary key);
create table core.ps_aors (id text primary key);
