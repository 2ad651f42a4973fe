-- How far the publications of a market are bound to the rules of its pack and graded by their evidence, as this version does it.
-- A market without a row had no publication when this table came: what is published from now on is bound as it is published.
create table market_binding (
  market   text primary key,
  format   integer not null,             -- of what a publication is bound by
  pack     integer not null,             -- version of the market's pack
  after_id text not null default '',     -- publications up to this id are done
  done_at  timestamptz
);
insert into market_binding (market, format, pack, done_at)
select distinct market, 0, 0, now() from publication where ended_sequence is null;
