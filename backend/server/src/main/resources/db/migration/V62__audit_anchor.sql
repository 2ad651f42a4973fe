-- Tells this installation's anchor files from another one's.
create table audit_installation (
  only_row boolean primary key default true check (only_row),
  id       text not null default gen_random_uuid()::text
);
insert into audit_installation default values;
create trigger append_only before update or delete or truncate on audit_installation
  for each statement execute function refuse_change();

-- What was signed and appended to the anchor outside the database; here are copies, so that each node can complete its own file.
create table audit_root (
  number bigint primary key,
  at     timestamptz not null,
  up_to  bigint not null,               -- every entry with at most this number is bound by this root or one before
  line   text not null                  -- canonical JSON with its signature, as it stands in the file
);
create trigger append_only before update or delete or truncate on audit_root
  for each statement execute function refuse_change();

-- The heads that moved since the root before: what the root is the Merkle root of.
create table audit_leaf (
  root     bigint not null,
  stream   text collate "C" not null,   -- empty: the one chain from before there were streams
  position bigint not null,
  hash     text not null,
  primary key (root, stream)
);
create index audit_leaf_stream on audit_leaf (stream, position);
create trigger append_only before update or delete or truncate on audit_leaf
  for each statement execute function refuse_change();
