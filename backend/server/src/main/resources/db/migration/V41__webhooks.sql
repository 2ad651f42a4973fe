-- Where channel apps want to be told of changes. Deleted ones stay, for their log.
create table webhook_endpoint (
  id           text primary key check (id like 'whk\_%'),
  channel_id   text not null references channel,
  name         text not null,
  url          text not null,
  events       text[] not null check (cardinality(events) > 0),
  state        text not null check (state in ('active', 'paused', 'disabled', 'deleted')),
  state_reason text,
  state_at     timestamptz not null,
  failing_since timestamptz,             -- the first failure after the last success
  created_by   text not null,
  created_at   timestamptz not null
);
create index webhook_endpoint_channel on webhook_endpoint (channel_id);

-- Sealed with a key that is not in the database. Two may be valid at once, while one replaces the other.
create table webhook_secret (
  id          text primary key check (id like 'whs\_%'),
  endpoint_id text not null references webhook_endpoint,
  sealed      text not null,
  created_at  timestamptz not null,
  ends_at     timestamptz                -- exclusive; null: until it is replaced
);
create index webhook_secret_endpoint on webhook_secret (endpoint_id);

-- How far content_change was turned into deliveries and recalls. What was there before webhooks were is not sent.
create table webhook_cursor (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null
);
insert into webhook_cursor (sequence) select value from content_sequence;

-- One message to one endpoint. Its id is the webhook-id: the same at every attempt.
create table webhook_delivery (
  id             text primary key check (id like 'evt\_%'),
  endpoint_id    text not null references webhook_endpoint,
  type           text not null,
  sequence       bigint,                 -- of the change; null for a test event
  reminder       integer not null default 0,
  publication_id text,
  market         text,
  locale         text,
  kind           text,
  payload        text not null,
  urgent         boolean not null,
  state          text not null check (state in ('waiting', 'delivered', 'failed', 'cancelled')),
  state_reason   text,
  created_at     timestamptz not null,
  due_at         timestamptz not null,
  failures       integer not null default 0,   -- since it was made or last replayed: its place in the schedule
  attempts       integer not null default 0,   -- ever begun
  claim          text,                   -- who is sending it, until when nobody else does
  claimed_until  timestamptz,
  ended_at       timestamptz
);
create unique index webhook_delivery_once on webhook_delivery (endpoint_id, sequence, reminder);
create index webhook_delivery_due on webhook_delivery (endpoint_id, urgent desc, due_at) where state = 'waiting';
create index webhook_delivery_log on webhook_delivery (endpoint_id, id desc);
create index webhook_delivery_publication on webhook_delivery (publication_id) where state = 'waiting';
create index webhook_delivery_age on webhook_delivery (created_at);

create table webhook_attempt (
  delivery_id text not null references webhook_delivery on delete cascade,
  number      integer not null,
  started_at  timestamptz not null,
  took_ms     integer not null,
  outcome     text not null check (outcome in ('delivered', 'rejected', 'unreachable', 'timed-out', 'not-allowed')),
  status      integer,
  detail      text not null,
  response    text,                      -- the beginning of the answer's body
  primary key (delivery_id, number)
);
