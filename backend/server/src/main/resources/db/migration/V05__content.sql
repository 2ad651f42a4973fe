create table content_item (
  id         text primary key check (id like 'itm\_%'),
  key        text not null unique,      -- short, readable, immutable: ART-93
  type       text not null,
  kind       text not null check (kind in ('promotional', 'non-promotional', 'scientific-exchange')),
  brand      text references brand,
  created_by text not null references person,
  created_at timestamptz not null
);
create index content_item_brand on content_item (brand);

-- Readable keys count per type; the row is locked while a number is taken.
create table content_key_counter (
  prefix text primary key,
  value  bigint not null
);

-- The one mutable copy per item and locale. `revision` guards every write.
create table content_draft (
  item_id          text not null references content_item,
  locale           text not null,
  revision         integer not null,
  document         jsonb not null,
  based_on_version integer,
  updated_by       text not null references person,
  updated_at       timestamptz not null,
  primary key (item_id, locale)
);
create index content_draft_updated_by on content_draft (updated_by, updated_at desc);

-- Whoever ever wrote in an item's drafts, by any path: they may not certify it (UK-2).
create table content_contributor (
  item_id   text not null references content_item,
  locale    text not null,
  person_id text not null references person,
  since     timestamptz not null,
  primary key (item_id, locale, person_id)
);
create trigger append_only before update or delete or truncate on content_contributor
  for each statement execute function refuse_change();

create table content_version (
  item_id        text not null references content_item,
  locale         text not null,
  number         integer not null check (number >= 1),
  schema_version integer not null,
  document       jsonb not null,
  canonical      text not null,  -- RFC 8785 bytes of {brand,document,id,key,kind,locale,number,schemaVersion,type}, as signed
  sha256         text not null check (length(sha256) = 64),
  submitted_by   text not null references person,
  submitted_at   timestamptz not null,
  primary key (item_id, locale, number)
);
create trigger append_only before update or delete or truncate on content_version
  for each statement execute function refuse_change();

-- What a version or draft points at, for where-used: rewritten with each draft save.
create table content_link (
  item_id   text not null references content_item,
  locale    text not null,
  relation  text not null check (relation in ('claim', 'safety-information', 'prescribing-information', 'counterpart', 'step')),
  target_id text not null,
  position  integer not null,
  primary key (item_id, locale, relation, target_id)
);
create index content_link_target on content_link (target_id);
