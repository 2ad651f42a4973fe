-- What readers did with delivered content. Not append-only: retention and erasure delete people's data (GD-4).

-- The same event twice counts once, whenever the second one comes: a partitioned table can't say that by itself.
create table engagement_event_key (
  channel_key text not null,
  source      text not null,
  id          text not null,
  received_at timestamptz not null,
  primary key (channel_key, source, id)
);
create index engagement_event_key_received on engagement_event_key (received_at);

create table engagement_event (
  channel_key text not null,
  source      text not null,
  id          text not null,
  type        text not null check (type in ('shown', 'opened', 'completed', 'dismissed', 'rated', 'feedback', 'interaction', 'stage-changed', 'handed-off')),
  subject     text not null,               -- pseudonymous key
  occurred_at timestamptz not null,        -- by the sender's clock
  received_at timestamptz not null,
  receipt_sha256 text,                     -- of the receipt: the same set, the same hash
  market      text,
  locale      text,
  kind        text,                        -- of the set
  strategy_id text,
  strategy_version integer,
  objectives  text[] not null,
  slot        text,
  item_id     text,
  item_version integer,
  contact     text,                        -- equal for what counts as one contact with the person; null: no contact
  data        jsonb not null,
  check ((item_id is null) = (item_version is null)),
  check (item_id is null or receipt_sha256 is not null)
) partition by range (received_at);
create index engagement_event_subject on engagement_event (subject, received_at);

-- Takes what no month is there for, so that no event is ever refused for want of a partition.
create table engagement_event_default partition of engagement_event default;

-- One partition for the UTC month of a moment; several nodes may ask at once.
create function engagement_partition(moment timestamptz) returns void language plpgsql as
$$ declare
  first date := date_trunc('month', moment at time zone 'UTC');
  name text := 'engagement_event_' || to_char(first, 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(hashtext('engagement_partition'));
  if to_regclass(name) is null then
    execute format('create table %I partition of engagement_event for values from (%L) to (%L)', name,
                   first::text || 'T00:00:00Z', (first + interval '1 month')::date::text || 'T00:00:00Z');
  end if;
end $$;
select engagement_partition(now());
select engagement_partition(now() + interval '1 month');
