-- The draft that a locale was copied from, as it was at that moment: what the copy is compared with until it is translated. Versions
-- are kept anyway, so only copied drafts stand here.
create table content_origin_text (
  origin_id text primary key references content_origin,
  document  jsonb not null
);
create trigger append_only before update or delete or truncate on content_origin_text
  for each statement execute function refuse_change();
