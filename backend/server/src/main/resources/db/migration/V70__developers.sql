-- What a locale's text was started from: whoever developed that text developed this one too (UK-2).
create table content_origin (
  id            text primary key check (id like 'org\_%'),
  item_id       text not null references content_item,
  locale        text not null,
  from_locale   text not null,
  from_version  integer,   -- the version that was copied
  from_revision integer,   -- or the draft, at this revision
  started_by    text not null references person,
  started_at    timestamptz not null,
  check (locale <> from_locale),
  check (num_nonnulls(from_version, from_revision) = 1)
);
create index content_origin_item on content_origin (item_id, locale);
create trigger append_only before update or delete or truncate on content_origin
  for each statement execute function refuse_change();

-- Whoever wrote in a locale of an item, or in one that it derives from, over any number of steps. A locale that neither began with
-- its item nor says where it comes from may come from any other one.
create function content_developers(item text, wanted text) returns setof text language sql stable as
$$ with recursive locale_ (locale) as (
     select locale from content_contributor where item_id = item union select wanted
   ),
   derives (locale, from_locale) as (
     select locale, from_locale from content_origin where item_id = item
     union
     select one.locale, other.locale
       from locale_ one join locale_ other on other.locale <> one.locale
      where not exists (select from content_origin origin where origin.item_id = item and origin.locale = one.locale)
        and not exists (select from content_contributor writer join content_item first on first.id = writer.item_id
                         where writer.item_id = item and writer.locale = one.locale and writer.since = first.created_at)
   ),
   source (locale) as (
     select wanted
     union
     select derives.from_locale from source join derives on derives.locale = source.locale
   )
   select distinct person_id from content_contributor where item_id = item and locale in (select locale from source) $$;

-- Whoever developed what a review is about, by writing it or by handing it in: they neither review nor certify it (UK-2).
create function review_developers(job text) returns setof text language sql stable as
$$ select content_developers(item_id, locale) from review_job where id = job
   union
   select started_by from review_circulation where job_id = job $$;
