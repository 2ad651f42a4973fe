create table brand (
  key              text primary key,
  name             text not null,
  established_name text not null,
  therapeutic_area text not null,
  indications      text[] not null,
  life_cycle_stage text not null
);

-- Every version of a concept scheme that this installation has worked with, whole.
create table concept_scheme_version (
  scheme    text not null,
  version   text not null,
  document  jsonb not null,
  loaded_at timestamptz not null,
  primary key (scheme, version)
);
create trigger append_only before update or delete or truncate on concept_scheme_version
  for each statement execute function refuse_change();
