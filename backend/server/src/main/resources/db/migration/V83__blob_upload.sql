-- Who brought a file: until an item holds it nobody else may read it.
create table blob_upload (
  sha256      text not null references blob,
  person_id   text not null,             -- or system
  uploaded_at timestamptz not null,
  primary key (sha256, person_id)
);
create trigger append_only before update or delete or truncate on blob_upload
  for each statement execute function refuse_change();
