create table strategy (
  id         text primary key check (id like 'str\_%'),
  name       text not null,
  scope      text not null check (scope in ('portfolio', 'brand')),
  brand      text references brand,
  created_by text not null references person,
  created_at timestamptz not null,
  check ((scope = 'brand') = (brand is not null))
);

create table strategy_version (
  strategy_id text not null references strategy,
  number      integer not null check (number >= 1),
  document    jsonb not null,     -- {summary, objectives: [...]}; objective ids stay the same over versions
  sha256      text not null,
  created_by  text not null references person,
  created_at  timestamptz not null,
  primary key (strategy_id, number)
);
create trigger append_only before update or delete or truncate on strategy_version
  for each statement execute function refuse_change();

create table strategy_activation (
  strategy_id  text not null,
  number       integer not null,
  active_from  timestamptz not null,          -- inclusive
  active_until timestamptz,                   -- exclusive; null is open
  reason       text not null,
  activated_by text not null references person,
  activated_at timestamptz not null,
  sequence     bigint not null unique,        -- the content sequence it took: sets change with it
  foreign key (strategy_id, number) references strategy_version,
  check (active_until is null or active_until > active_from)
);
create index strategy_activation_strategy on strategy_activation (strategy_id, sequence);
create trigger append_only before update or delete or truncate on strategy_activation
  for each statement execute function refuse_change();
