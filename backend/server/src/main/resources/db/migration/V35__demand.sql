-- What channels asked for and what they were given, a row per day (UTC) and context. Counted in memory by each node and added
-- here every few seconds: a node that is killed loses what it had not added yet. Statistics, not records: they may be thinned out.
create table demand_day (
  day      date not null,
  channel  text not null,              -- the channel's kind
  audience text not null,
  stage    text not null,              -- '' where none was asked for
  need     text not null,              -- likewise
  market   text not null,
  brand    text not null,              -- '' where none or several were asked for
  requests bigint not null check (requests >= 0),
  relaxed  bigint not null check (relaxed >= 0),
  empty    bigint not null check (empty >= 0),
  primary key (day, market, audience, stage, need, channel, brand)
);
create index demand_day_need on demand_day (need, day);

create table demand_use_day (
  day            date not null,
  publication_id text not null,        -- no reference: counting must never fail
  channel        text not null,
  served         bigint not null check (served >= 0),
  primary key (publication_id, channel, day)
);
