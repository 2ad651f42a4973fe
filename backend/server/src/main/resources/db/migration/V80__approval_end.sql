-- An approval that nothing may be published under any more before its time is over. A fact beside the approval, which is never changed.
create table approval_end (
  approval_id text primary key references approval,
  reason      text not null check (reason in ('withdrawn', 'superseded')),
  detail      text not null,     -- the withdrawal's reason, or the id of the newer approval
  ended_by    text not null,
  ended_at    timestamptz not null
);
create trigger append_only before update or delete or truncate on approval_end
  for each statement execute function refuse_change();

-- What was withdrawn before there was this table: its approvals can't be published again either.
insert into approval_end (approval_id, reason, detail, ended_by, ended_at)
select distinct on (a.id) a.id, 'withdrawn', w.reason, w.withdrawn_by, w.withdrawn_at
  from withdrawal w
  join approval a on a.item_id = w.item_id and (w.locale is null or a.locale = w.locale) and (w.market is null or a.market = w.market)
                 and a.approved_at <= w.withdrawn_at and a.valid_until > w.withdrawn_at
 order by a.id, w.withdrawn_at;

insert into approval_end (approval_id, reason, detail, ended_by, ended_at)
select distinct on (older.id) older.id, 'superseded', newer.id, p.published_by, p.published_at
  from publication p
  join approval newer on newer.id = p.approval_id
  join approval older on older.item_id = newer.item_id and older.locale = newer.locale and older.market = newer.market
                     and (older.approved_at, older.id) < (newer.approved_at, newer.id) and older.valid_until > p.published_at
 order by older.id, p.published_at
on conflict (approval_id) do nothing;
