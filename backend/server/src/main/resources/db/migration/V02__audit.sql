-- One row at a time may extend the chain: the head row is locked until the writing transaction ends.
create table audit_head (
  only_row boolean primary key default true check (only_row),
  number   bigint not null,
  hash     text   not null
);
insert into audit_head (number, hash) values (0, repeat('0', 64));

create table audit_entry (
  number        bigint primary key,
  at            timestamptz not null,
  actor_id      text not null,
  actor_name    text not null,
  action        text not null,
  subject_type  text not null,
  subject_id    text not null,
  reason        text,
  before        jsonb,
  after         jsonb,
  previous_hash text not null,
  hash          text not null unique
);
create index audit_entry_subject on audit_entry (subject_type, subject_id, number);
create index audit_entry_actor on audit_entry (actor_id, number);
create trigger append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
