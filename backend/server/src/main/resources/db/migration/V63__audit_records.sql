-- What each regulated row held when it was written, taken by a trigger in the transaction that wrote it. The audit entry of that
-- transaction carries a hash over its records, so a row that differs from its newest record was altered past the product.
create sequence audit_batch;
create table audit_record (
  kind      text   collate "C" not null,
  record_id text   collate "C" not null,  -- the row's key, its parts joined by /
  ordinal   bigint generated always as identity,
  batch     bigint not null,              -- the records that one entry answers for
  facts     jsonb,                        -- by column; of long or secret ones the SHA-256, as column#sha256; null: the row was deleted
  primary key (kind, record_id, ordinal)
);
create index audit_record_batch on audit_record (batch, ordinal);
create trigger append_only before update or delete or truncate on audit_record
  for each statement execute function refuse_change();

alter table audit_entry
  add column batch          bigint,
  add column records        integer,
  add column records_sha256 text,
  add check ((batch is null) = (records is null) and (batch is null) = (records_sha256 is null));
create unique index audit_entry_batch on audit_entry (batch) where batch is not null;

-- Kinds whose rows are recorded, and since when: rows from before have been recorded then, as they were.
create table audited_kind (
  kind  text collate "C" primary key,
  since timestamptz not null default now()
);
create trigger append_only before update or delete or truncate on audited_kind
  for each statement execute function refuse_change();

create function audit_facts(row_ jsonb, secrets text[]) returns jsonb language sql stable as
$$ select jsonb_object_agg(case when long then key || '#sha256' else key end,
                           case when long then to_jsonb(encode(sha256(convert_to(value::text, 'UTF8')), 'hex')) else value end)
     from (select key, value, value <> 'null' and (length(value::text) > 200 or key = any (secrets)) as long from jsonb_each(row_)) as field $$;

-- Arguments: the kind, the columns of its key, the columns that are secret; several separated by commas. Times in UTC, whatever the session says.
create function audit_fact() returns trigger language plpgsql set timezone = 'UTC' as
$$ declare
  row_ jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
  batch_ text := coalesce(current_setting('throughline.batch', true), '');
begin
  if batch_ = '' then
    batch_ := nextval('audit_batch');
    perform set_config('throughline.batch', batch_, true);
  end if;
  insert into audit_record (kind, record_id, batch, facts)
  values (tg_argv[0], (select string_agg(row_ ->> column_, '/' order by place) from unnest(string_to_array(tg_argv[1], ',')) with ordinality as key (column_, place)),
          batch_::bigint, case tg_op when 'DELETE' then null else audit_facts(row_, string_to_array(tg_argv[2], ',')) end);
  return null;
end $$;
