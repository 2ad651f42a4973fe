-- Runs of the verification with what they found; not records themselves, old ones are thrown away.
create table audit_verification (
  id           text primary key check (id like 'avr\_%'),
  started_by   text not null,
  started_at   timestamptz not null,
  heartbeat_at timestamptz not null,         -- when it last said how far it is
  finished_at  timestamptz,
  state        text not null check (state in ('running', 'intact', 'broken', 'failed')),
  report       jsonb not null,
  check ((state = 'running') = (finished_at is null))
);
-- One at a time in the whole installation.
create unique index audit_verification_running on audit_verification ((true)) where state = 'running';
create index audit_verification_newest on audit_verification (started_at desc);
