-- A version is approved once, by a signature of somebody else than its author; only then it may be activated.
create table strategy_approval (
  strategy_id  text not null,
  number       integer not null,
  reason       text not null check (length(trim(reason)) > 0),
  sha256       text not null,               -- of the version, as it was signed
  signature_id text not null unique references electronic_signature,
  approved_by  text not null references person,
  approved_at  timestamptz not null,
  primary key (strategy_id, number),
  foreign key (strategy_id, number) references strategy_version
);
create trigger append_only before update or delete or truncate on strategy_approval
  for each statement execute function refuse_change();

-- An activation that was ended before its window was over.
create table strategy_ending (
  activation_sequence bigint primary key references strategy_activation (sequence),
  ended_at            timestamptz not null,
  reason              text not null check (length(trim(reason)) > 0),
  ended_by            text not null references person,
  sequence            bigint not null unique   -- the content sequence it took: sets change with it
);
create trigger append_only before update or delete or truncate on strategy_ending
  for each statement execute function refuse_change();
