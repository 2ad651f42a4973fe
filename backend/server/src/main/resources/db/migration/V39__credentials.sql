-- A channel's own limit; without a row the configured one holds. One row a channel, the trail keeps what it was.
create table channel_rate_policy (
  channel_id     text primary key references channel,
  requests       integer not null check (requests >= 1),
  window_seconds integer not null check (window_seconds between 1 and 3600),
  changed_by     text not null,
  changed_at     timestamptz not null
);
