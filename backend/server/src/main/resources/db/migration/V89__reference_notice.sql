-- What became known of a registered work after it was cited. Facts; that one was recorded by mistake is a fact too.
create table reference_notice (
  id           text primary key check (id like 'ntc\_%'),
  reference_id text not null references reference,
  kind         text not null check (kind in ('retracted', 'withdrawn', 'expression-of-concern', 'corrected')),
  noticed_on   date not null,   -- when the publisher gave notice
  doi          text,            -- of the notice itself
  url          text,
  reason       text not null check (reason <> ''),
  recorded_by  text not null references person,
  recorded_at  timestamptz not null
);
create index reference_notice_of on reference_notice (reference_id);
create trigger append_only before update or delete or truncate on reference_notice
  for each statement execute function refuse_change();

create table reference_notice_end (
  notice_id   text primary key references reference_notice,
  reason      text not null check (reason <> ''),
  recorded_by text not null references person,
  recorded_at timestamptz not null
);
create trigger append_only before update or delete or truncate on reference_notice_end
  for each statement execute function refuse_change();

-- Notices that stand, with all that the work is known by: a correction of its record is a reference of its own, and the same work.
create view standing_notice as
select n.*, r.doi_plain as work_doi, r.pmid as work_pmid
  from reference_notice n
  join reference r on r.id = n.reference_id
 where not exists (select 1 from reference_notice_end e where e.notice_id = n.id);

-- What a rendition cites, in its own words and in those of its claims.
create table bound_reference (
  item_id        text not null,
  locale         text not null,
  version_number integer not null,
  market         text not null,
  reference_id   text not null,
  doi            text,           -- as reference.doi_plain has it
  pmid           text,
  primary key (item_id, locale, version_number, market, reference_id),
  foreign key (item_id, locale, version_number, market) references rendition
);
create index bound_reference_of on bound_reference (reference_id);
create index bound_reference_doi on bound_reference (doi) where doi is not null;
create index bound_reference_pmid on bound_reference (pmid) where pmid is not null;
create trigger append_only before update or delete or truncate on bound_reference
  for each statement execute function refuse_change();

insert into bound_reference (item_id, locale, version_number, market, reference_id, doi, pmid)
select r.item_id, r.locale, r.version_number, r.market, cited.id,
       lower(substring(max(cited.csl ->> 'DOI') from '10\.[0-9]{4,9}[./].*$')), max(cited.csl ->> 'PMID')
  from rendition r
 cross join lateral (
   select key as id, value as csl from jsonb_each(coalesce(r.canonical::jsonb -> 'references', '{}'))
   union all
   select id, null from jsonb_array_elements(coalesce(r.canonical::jsonb -> 'claims', '[]')) as claim
    cross join lateral jsonb_array_elements_text(coalesce(claim -> 'references', '[]')) as id) as cited
 group by r.item_id, r.locale, r.version_number, r.market, cited.id;

-- A part is an item or a reference.
alter table impact drop constraint impact_part_id_fkey;
