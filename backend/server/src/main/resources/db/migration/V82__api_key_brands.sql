-- `none` stands for content of no brand, and `*` for all of it, where scopes name brands.
alter table brand add constraint brand_key_is_no_scope check (key not in ('none', '*'));

-- Of which brands a key reads content, from when on: the row with the highest number counts. A key without a row reads nothing. What it
-- read before stays, since its channel may hold copies of that and has to hear when they are withdrawn.
create table api_key_brands (
  key_id  text not null references api_key,
  number  integer not null check (number > 0),
  brands  text[] not null,              -- keys of brands; none: content of no brand; *: all content
  since   timestamptz not null,
  set_by  text not null,
  primary key (key_id, number)
);
create trigger append_only before update or delete or truncate on api_key_brands
  for each statement execute function refuse_change();

-- Keys from before read what they have always read, unless whoever made them works for some brands only.
insert into api_key_brands (key_id, number, brands, since, set_by)
select k.id, 1,
       case when p.id is null or '*' = any(p.brands) then array['*'] else p.brands || array['none'] end,
       k.created_at, k.created_by
  from api_key k left join person p on p.id = k.created_by;
