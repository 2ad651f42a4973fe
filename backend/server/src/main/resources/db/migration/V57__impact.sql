-- That something which an approved text holds is not there any more as it was certified with it (RV-6). A fact; that it is over is one too.
create table impact (
  id             text primary key check (id like 'imp\_%'),
  approval_id    text not null references approval,
  item_id        text not null,
  locale         text not null,
  market         text not null,
  publication_id text references publication,  -- what was published under the approval then
  part_id        text not null references content_item,
  part_version   integer,                      -- as in bound_part
  relation       text not null,
  cause          text not null check (cause in ('changed', 'withdrawn', 'expired', 'left')),
  reason         text,                         -- of the withdrawal
  consequence    text not null check (consequence in ('left', 'served-until', 'held-back', 'not-published')),
  served_until   timestamptz,                  -- exclusive
  sequence       bigint not null,              -- of the change that caused it
  impacted_at    timestamptz not null,
  check ((served_until is null) = (consequence <> 'served-until'))
);
create index impact_approval on impact (approval_id);
create index impact_item on impact (item_id);
create index impact_part on impact (part_id, market, locale);
create index impact_due on impact (served_until) where served_until is not null;
create trigger append_only before update or delete or truncate on impact
  for each statement execute function refuse_change();

-- The part is there again as it was certified. A new approval ends impacts by ending the approval that they are of.
create table impact_end (
  impact_id text primary key references impact,
  sequence  bigint not null,
  ended_at  timestamptz not null
);
create trigger append_only before update or delete or truncate on impact_end
  for each statement execute function refuse_change();

-- `changed`: it is served, and what it holds has changed; `impacted`: it left because of what it holds.
alter table content_change drop constraint content_change_type_check;
alter table content_change add constraint content_change_type_check
  check (type in ('published', 'superseded', 'withdrawn', 'expired', 'changed', 'impacted', 'strategy-activated'));
alter table publication drop constraint publication_end_reason_check;
alter table publication add constraint publication_end_reason_check
  check (end_reason in ('superseded', 'withdrawn', 'expired', 'impacted'));
