-- What a writer is asked to make for a cell of the framework matrix. `revision` guards every change.
create table brief (
  id                  text primary key check (id like 'brf\_%'),
  title               text not null,
  strategy_id         text not null,
  strategy_number     integer not null,      -- the version that was active when the brief was written
  objective_id        text not null,
  objective_name      text not null,
  audience            text not null,
  stage               text not null,
  need                text not null,
  brand               text references brand,
  market              text not null,
  key_messages        jsonb not null,
  due_on              date not null,
  writer              text not null references person,
  state               text not null check (state in ('open', 'in-work', 'done', 'cancelled')),
  revision            integer not null check (revision >= 1),
  item_id             text unique references content_item,   -- one draft a brief, one brief a draft
  cancellation_reason text,
  created_by          text not null references person,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  foreign key (strategy_id, strategy_number) references strategy_version,
  check (state <> 'open' or item_id is null),
  check (state not in ('in-work', 'done') or item_id is not null),
  check ((state = 'cancelled') = (cancellation_reason is not null))
);
create index brief_due on brief (due_on, id);
create index brief_writer on brief (writer, due_on) where state in ('open', 'in-work');

create table brief_item (
  brief_id text not null references brief,
  relation text not null check (relation in ('claim', 'module')),
  item_id  text not null references content_item,
  position integer not null,
  primary key (brief_id, relation, item_id)
);
