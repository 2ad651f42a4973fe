-- Those so far named no channel and lived for a day at most: whoever still needs one makes it anew.
delete from preview_token;

-- A preview token belongs to a channel, as its keys do. It reads what both its own scope and the person who made it allow.
alter table preview_token
  drop constraint preview_token_check,
  add column channel_id text   not null references channel,
  add column name       text   not null check (length(trim(name)) between 1 and 120),
  add column prefix     text   not null,  -- first characters of the token, to recognise it by
  add column markets    text[] not null,
  add column locales    text[] not null,
  add column kinds      text[] not null,
  add constraint preview_token_life check (expires_at > created_at and expires_at <= created_at + interval '30 days');

-- Drafts that could stand in a set are found by their audience; there may be many drafts that are not classified yet.
create index content_draft_audience on content_draft using gin ((document -> 'classification' -> 'audience'));
-- What was approved last in a market, to see it before it is published.
create index approval_newest on approval (market, approved_at desc);
