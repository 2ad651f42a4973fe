-- A withdrawal that waits until every channel that could have the content has confirmed that it is gone.
create table recall (
  id            text primary key check (id like 'rcl\_%'),
  withdrawal_id text not null unique references withdrawal,
  item_id       text not null references content_item,
  opened_at     timestamptz not null,
  sequence      bigint not null,
  ended_at      timestamptz,             -- set once: the last confirmation, or a person's decision
  ended_by      text,                    -- null when every channel has confirmed
  end_reason    text,
  check ((ended_by is null) = (end_reason is null)),
  check (ended_at is not null or ended_by is null)
);
create index recall_item on recall (item_id);
create index recall_open on recall (opened_at) where ended_at is null;

-- The channels that could read at least one of the withdrawn publications while it was effective.
create table recall_channel (
  recall_id    text not null references recall,
  channel_id   text not null references channel,
  publications text[] not null check (cardinality(publications) > 0),
  reminders    integer not null default 0,
  reminded_at  timestamptz,
  remind_at    timestamptz,              -- null: no more
  primary key (recall_id, channel_id)
);
create index recall_channel_channel on recall_channel (channel_id);
create index recall_channel_remind on recall_channel (remind_at) where remind_at is not null;

create table recall_confirmation (
  recall_id      text not null,
  channel_id     text not null,
  confirmed_at   timestamptz not null,
  removed_at     timestamptz not null,
  copies_removed integer check (copies_removed >= 0),
  note           text,
  key_id         text,                   -- the credential that confirmed, or
  person_id      text references person, -- the person who did it for the channel
  reason         text,
  primary key (recall_id, channel_id),
  foreign key (recall_id, channel_id) references recall_channel,
  check ((key_id is null) <> (person_id is null) and (person_id is null) = (reason is null))
);
create trigger append_only before update or delete or truncate on recall_confirmation
  for each statement execute function refuse_change();
