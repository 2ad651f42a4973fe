-- What a reader sees of a version in a market: frozen at submission; reviewed, signed, certified and served.
create table rendition (
  item_id        text not null,
  locale         text not null,
  version_number integer not null,
  market         text not null,
  canonical      text not null,  -- RFC 8785
  sha256         text not null check (length(sha256) = 64),
  made_at        timestamptz not null,
  primary key (item_id, locale, version_number, market),
  foreign key (item_id, locale, version_number) references content_version
);
create trigger append_only before update or delete or truncate on rendition
  for each statement execute function refuse_change();

-- What a version holds in a market. What was published before renditions were kept has rows here, but no rendition.
create table bound_part (
  item_id        text not null,
  locale         text not null,
  version_number integer not null,
  market         text not null,
  part_id        text not null references content_item,
  relation       text not null,
  part_version   integer,          -- whose words are bound; null: bound by its current version
  position       integer not null,
  primary key (item_id, locale, version_number, market, part_id, relation),
  foreign key (item_id, locale, version_number) references content_version
);
create index bound_part_of on bound_part (part_id, market, locale);
create trigger append_only before update or delete or truncate on bound_part
  for each statement execute function refuse_change();

-- Null: it was signed for the version's own bytes, before renditions were kept.
alter table review_circulation add column rendition_sha256 text check (length(rendition_sha256) = 64);
alter table approval add column rendition_sha256 text check (length(rendition_sha256) = 64);

create or replace function refuse_review_circulation_change() returns trigger language plpgsql as
$$ begin
  if tg_op = 'DELETE' or old.ended_at is not null
      or (new.job_id, new.number, new.version_number, new.version_sha256, new.rendition_sha256, new.reason, new.started_by, new.started_at)
      is distinct from
         (old.job_id, old.number, old.version_number, old.version_sha256, old.rendition_sha256, old.reason, old.started_by, old.started_at) then
    raise exception 'a circulation ends once and keeps what it reviewed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- What is published now holds claims in those versions that have exactly its words; where none has, nobody can say which it was.
insert into bound_part (item_id, locale, version_number, market, part_id, relation, part_version, position)
select distinct on (p.item_id, p.locale, p.version_number, p.market, claim.value ->> 'id')
       p.item_id, p.locale, p.version_number, p.market, claim.value ->> 'id', 'claim', q.version_number, claim.place - 1
  from publication p
 cross join lateral jsonb_array_elements(p.document::jsonb -> 'claims') with ordinality as claim (value, place)
  join publication q on q.item_id = claim.value ->> 'id' and q.locale = p.locale and q.market = p.market
   and q.started_sequence <= p.started_sequence and (q.ended_sequence is null or q.ended_sequence > p.started_sequence)
  join content_version v on v.item_id = q.item_id and v.locale = q.locale and v.number = q.version_number
   and v.document ->> 'text' = claim.value ->> 'text'
 where p.ended_sequence is null;
insert into bound_part (item_id, locale, version_number, market, part_id, relation, part_version, position)
select distinct p.item_id, p.locale, p.version_number, p.market, part.id, part.relation, cast(null as integer), 1000
  from publication p
 cross join lateral (values (p.facets ->> 'safetyInformation', 'safety-information'),
                            (p.facets ->> 'prescribingInformation', 'prescribing-information')) as part (id, relation)
  join content_item i on i.id = part.id
 where p.ended_sequence is null;
