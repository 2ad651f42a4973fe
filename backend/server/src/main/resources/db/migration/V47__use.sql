-- Which channel was served, not only its kind: a recall tells it. Empty in rows from before.
alter table demand_use_day add column channel_key text not null default '';
alter table demand_use_day drop constraint demand_use_day_pkey;
alter table demand_use_day add primary key (publication_id, channel_key, channel, day);

-- How often channels said that they had shown an item, a row a day (UTC, of receipt). Counted with the events, in their
-- transaction, so that nobody has to scan them; no person is in it.
create table shown_day (
  item_id      text not null,
  item_version integer not null,
  market       text not null,
  channel_key  text not null,
  day          date not null,
  shown        bigint not null check (shown >= 0),
  primary key (item_id, market, channel_key, item_version, day)
);
insert into shown_day (item_id, item_version, market, channel_key, day, shown)
select item_id, item_version, market, channel_key, (received_at at time zone 'UTC')::date, count(*)
  from engagement_event
 where type = 'shown' and item_id is not null and market is not null
 group by 1, 2, 3, 4, 5;
