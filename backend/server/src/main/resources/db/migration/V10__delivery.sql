-- The counter row: taking a number locks it until commit, so sequence order is commit order (a bigserial's is not).
create table content_sequence (
  only_row boolean primary key default true check (only_row),
  value    bigint not null
);
insert into content_sequence (value) values (0);

-- Everything that changes what channels see, in commit order. Also the outbox: a consumer keeps its cursor into it.
create table content_change (
  sequence       bigint primary key,
  at             timestamptz not null,
  type           text not null check (type in ('published', 'superseded', 'withdrawn', 'expired', 'strategy-activated')),
  publication_id text,
  item_id        text,
  locale         text,
  market         text,
  strategy_id    text,
  reason         text,
  actor_id       text not null
);
create index content_change_item on content_change (item_id, sequence);
create trigger append_only before update or delete or truncate on content_change
  for each statement execute function refuse_change();

-- Pointer from (item, locale, market) to an approved version. Ended by a later row of content_change, never rewritten otherwise.
create table publication (
  id              text primary key check (id like 'pub\_%'),
  item_id         text not null,
  locale          text not null,
  market          text not null,
  version_number  integer not null,
  approval_id     text not null references approval,
  kind            text not null,
  type            text not null,
  brand           text,
  effective_from  timestamptz not null,   -- inclusive
  effective_until timestamptz not null,   -- exclusive
  published_by    text not null references person,
  published_at    timestamptz not null,
  started_sequence bigint not null unique,
  ended_sequence  bigint,                 -- set once, when superseded, withdrawn or expired
  ended_at        timestamptz,
  end_reason      text check (end_reason in ('superseded', 'withdrawn', 'expired')),
  document        text not null,          -- materialised delivery document, canonical JSON
  document_sha256 text not null,
  facets          jsonb not null,         -- what candidates are filtered by: audience, stage, need, topic, indication, channel, slots, efficacy…
  foreign key (item_id, locale, version_number) references content_version,
  check ((ended_sequence is null) = (end_reason is null) and (ended_sequence is null) = (ended_at is null)),
  check (effective_until > effective_from)
);
create unique index publication_current on publication (item_id, locale, market) where ended_sequence is null;
create index publication_item on publication (item_id);
create index publication_ended on publication (ended_sequence) where ended_sequence is not null;
create index publication_from on publication (effective_from) where ended_sequence is null;
create index publication_until on publication (effective_until) where ended_sequence is null;

create table withdrawal (
  id         text primary key check (id like 'wdr\_%'),
  item_id    text not null references content_item,
  locale     text,           -- null: every locale
  market     text,           -- null: every market
  reason     text not null check (length(trim(reason)) > 0),
  withdrawn_by text not null references person,
  withdrawn_at timestamptz not null,
  sequence   bigint not null   -- the last one it took
);
create index withdrawal_item on withdrawal (item_id);
create trigger append_only before update or delete or truncate on withdrawal
  for each statement execute function refuse_change();
