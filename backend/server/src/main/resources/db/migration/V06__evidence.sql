create table blob (
  sha256     text primary key check (length(sha256) = 64),
  media_type text not null,
  bytes      bigint not null,
  created_at timestamptz not null
);

-- A bibliographic reference (CSL-JSON). Never changed: a correction is a new reference.
create table reference (
  id         text primary key check (id like 'ref\_%'),
  csl        jsonb not null,
  csl_sha256 text not null unique, -- over canonical JSON: the same reference is stored once
  doi        text,
  pmid       text,
  title      text,
  created_by text not null references person,
  created_at timestamptz not null
);
create index reference_doi on reference (doi) where doi is not null;
create index reference_pmid on reference (pmid) where pmid is not null;
create trigger append_only before update or delete or truncate on reference
  for each statement execute function refuse_change();
