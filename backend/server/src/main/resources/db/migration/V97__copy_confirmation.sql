-- That a copy is right as it stands, word for word its source: only between locales of one language, and only for exactly these words.
create table copy_confirmation (
  origin_id    text not null references content_origin,
  words_sha256 text not null check (length(words_sha256) = 64), -- over the copy's words by field
  confirmed_by text not null references person,
  confirmed_at timestamptz not null,
  primary key (origin_id, words_sha256)
);
create trigger append_only before update or delete or truncate on copy_confirmation
  for each statement execute function refuse_change();
