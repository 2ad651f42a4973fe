-- Entries so far are one chain in the order of `number`: it stays word for word and grows no more. Each subject has a chain of its own from now on.
alter table audit_entry
  add column stream   text collate "C",   -- the subject's type and id; null: the one chain from before
  add column position bigint,             -- in its stream, from 1, no gaps
  add check ((stream is null) = (position is null));
create unique index audit_entry_stream on audit_entry (stream, position) where stream is not null;

-- Orders entries of all streams; a number that was taken by what was rolled back is missing.
create sequence audit_entry_number;
select setval('audit_entry_number', number + 1, false) from audit_head;
create trigger append_only before update or delete or truncate on audit_head
  for each statement execute function refuse_change();

-- Where each chain ends: a place to lock while it is extended, not a fact. One row a stream, changed with each entry.
create table audit_stream (
  stream   text collate "C" primary key,
  position bigint not null,
  hash     text   not null,
  number   bigint not null               -- of its last entry
) with (fillfactor = 70);
