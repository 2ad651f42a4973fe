create table ingest_job (
  id          text primary key check (id like 'ing\_%'),
  folder      text not null,
  kind        text not null,
  brand       text references brand,
  locale      text not null,
  state       text not null check (state in ('waiting', 'running', 'finished', 'cancelled')),
  created_by  text not null references person,
  created_at  timestamptz not null,
  finished_at timestamptz
);

create table ingest_file (
  job_id     text not null references ingest_job,
  position   integer not null,
  file_name  text not null,
  outcome    text not null check (outcome in ('waiting', 'created', 'duplicate', 'refused')),
  item_id    text references content_item,
  title      text,
  code       text,   -- refusal code
  detail     text,
  warnings   jsonb not null default '[]',
  sections   integer,
  tables     integer,
  reference_count integer,
  done_at    timestamptz,
  primary key (job_id, position)
);

-- The file an item came from; the same bytes are not turned into a second item by accident.
create table ingest_source (
  file_sha256 text not null references blob,
  item_id     text not null references content_item,
  primary key (file_sha256, item_id)
);
