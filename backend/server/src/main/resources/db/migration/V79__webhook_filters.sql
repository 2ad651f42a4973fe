-- Of which content an endpoint is told; an empty list is everything.
alter table webhook_endpoint
  add column only_types   text[] not null default '{}',
  add column only_markets text[] not null default '{}',
  add column only_brands  text[] not null default '{}';
