-- What a circulation reviews is fixed when it starts (RV-4): the approval it is compared with and how much differs from it.
-- The title is the version's own, kept here so that a list of reviews opens no documents.
alter table review_circulation
  add column title               text    not null,
  add column base_approval_id    text    references approval,
  add column base_version_number integer,
  add column changed_blocks      integer not null check (changed_blocks >= 0),
  add column total_blocks        integer not null check (total_blocks >= changed_blocks),
  add check ((base_approval_id is null) = (base_version_number is null));

create index review_job_code_order on review_job (coalesce(due_at, 'infinity'), id);
create index review_circulation_version on review_circulation (version_number, job_id);
create unique index approval_circulation on approval (job_id, circulation); -- one certification per circulation, ever

-- A job's identity never changes (UK-7): only where it stands, when it is due, and the date of its last revision.
create function refuse_review_job_change() returns trigger language plpgsql as
$$ begin
  if tg_op = 'DELETE' or (new.id, new.code, new.item_id, new.locale, new.market, new.opened_by, new.opened_at)
      is distinct from (old.id, old.code, old.item_id, old.locale, old.market, old.opened_by, old.opened_at) then
    raise exception 'a review job keeps its code and is never deleted' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keeps_identity before update or delete on review_job
  for each row execute function refuse_review_job_change();

-- A circulation ends once; what it reviewed never changes.
create function refuse_review_circulation_change() returns trigger language plpgsql as
$$ begin
  if tg_op = 'DELETE' or old.ended_at is not null
      or (new.job_id, new.number, new.version_number, new.version_sha256, new.reason, new.started_by, new.started_at)
      is distinct from (old.job_id, old.number, old.version_number, old.version_sha256, old.reason, old.started_by, old.started_at) then
    raise exception 'a circulation ends once and keeps what it reviewed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger ends_once before update or delete on review_circulation
  for each row execute function refuse_review_circulation_change();

create trigger append_only before update or delete or truncate on review_task
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on review_annotation
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on review_annotation_reply
  for each statement execute function refuse_change();
