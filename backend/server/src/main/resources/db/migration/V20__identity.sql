-- Who set a password that its owner did not choose; emptied when the owner chooses one (P11-10).
alter table person add column password_reset_by text;

-- The one-time link of the first start; only the newest works.
create table first_administrator_token (
  token_hash text primary key,
  person_id  text not null references person,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- Spring Session's two tables, names and columns as it expects them: times in milliseconds since 1970 UTC, intervals in seconds.
create table spring_session (
  primary_id            char(36) primary key,
  session_id            char(36) not null unique,
  creation_time         bigint   not null,
  last_access_time      bigint   not null,
  max_inactive_interval integer  not null,
  expiry_time           bigint   not null,
  principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
  session_primary_id char(36)     not null references spring_session (primary_id) on delete cascade,
  attribute_name     varchar(200) not null,
  attribute_bytes    bytea        not null,
  primary key (session_primary_id, attribute_name)
);
