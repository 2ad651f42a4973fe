-- What a set asks first: everything current in one market and its locales; also the part that is newer than the index.
create index publication_scope on publication (market, locale, started_sequence) where ended_sequence is null;
-- The last end of an item's publications in a market: tells withdrawn from never published.
create index publication_scope_ended on publication (item_id, market, locale, ended_sequence) where ended_sequence is not null;

-- Secrets that all nodes share; made by the first node that needs one, never shown.
create table delivery_secret (
  name       text primary key,
  value      text not null,
  created_at timestamptz not null
);

-- A publication's past is only ended, once; what it pointed at never changes.
create function refuse_publication_rewrite() returns trigger language plpgsql as
$$ begin
  if old.ended_sequence is not null or new.ended_sequence is null
     or row (new.id, new.item_id, new.locale, new.market, new.version_number, new.approval_id, new.kind, new.type, new.brand,
             new.effective_from, new.effective_until, new.published_by, new.published_at, new.started_sequence, new.document_sha256)
        is distinct from
        row (old.id, old.item_id, old.locale, old.market, old.version_number, old.approval_id, old.kind, old.type, old.brand,
             old.effective_from, old.effective_until, old.published_by, old.published_at, old.started_sequence, old.document_sha256) then
    raise exception 'publication % can only be ended, once', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger only_ended before update on publication for each row execute function refuse_publication_rewrite();
create trigger never_deleted before delete or truncate on publication for each statement execute function refuse_change();
