create table review_job (
  id                  text primary key check (id like 'job\_%'),
  code                text not null unique,   -- GB-2026-0412; unique and immutable (UK-7)
  item_id             text not null references content_item,
  locale              text not null,
  market              text not null,
  date_of_preparation text not null check (date_of_preparation ~ '^\d{4}-\d{2}$'),
  opened_by           text not null references person,
  opened_at           timestamptz not null,
  due_at              timestamptz,
  state               text not null check (state in ('in-review', 'revise-and-resubmit', 'certified', 'cancelled')),
  closed_at           timestamptz
);
-- One open job per item, locale and market.
create unique index review_job_open on review_job (item_id, locale, market) where state in ('in-review', 'revise-and-resubmit');
create index review_job_item on review_job (item_id);
create index review_job_state on review_job (state, due_at);

create table review_job_code_counter (
  market text not null,
  year   integer not null,
  value  integer not null,
  primary key (market, year)
);

create table review_circulation (
  job_id         text not null references review_job,
  number         integer not null check (number >= 1),
  version_number integer not null,
  version_sha256 text not null,
  reason         text,          -- why this one followed the last (RV-2); null only for the first
  note           text,
  started_by     text not null references person,
  started_at     timestamptz not null,
  ended_at       timestamptz,
  outcome        text check (outcome in ('certified', 'revise', 'rejected', 'cancelled')),
  primary key (job_id, number),
  check (number = 1 or reason is not null)
);

-- One task per discipline that the market pack names; whoever has the discipline's role may take it.
create table review_task (
  id          text primary key check (id like 'tsk\_%'),
  job_id      text not null,
  circulation integer not null,
  discipline  text not null check (discipline in ('medical', 'legal', 'regulatory')),
  due_at      timestamptz,
  foreign key (job_id, circulation) references review_circulation,
  unique (job_id, circulation, discipline)
);

create table review_verdict (
  task_id      text primary key references review_task, -- one verdict per task, ever
  person_id    text not null references person,
  verdict      text not null check (verdict in ('approve', 'approve-with-changes', 'revise-and-resubmit', 'reject')),
  comment      text,
  given_at     timestamptz not null,
  signature_id text not null references electronic_signature,
  check (verdict = 'approve' or length(trim(comment)) > 0)
);
create trigger append_only before update or delete or truncate on review_verdict
  for each statement execute function refuse_change();

create table review_annotation (
  id          text primary key check (id like 'ann\_%'),
  job_id      text not null,
  circulation integer not null,
  quote       text not null,
  prefix      text not null,
  suffix      text not null,
  body        text not null,
  required    boolean not null,
  author_id   text not null references person,
  created_at  timestamptz not null,
  foreign key (job_id, circulation) references review_circulation
);
create index review_annotation_job on review_annotation (job_id, circulation);

create table review_annotation_reply (
  id            text primary key check (id like 'anr\_%'),
  annotation_id text not null references review_annotation,
  body          text not null,
  resolves      boolean not null,
  author_id     text not null references person,
  created_at    timestamptz not null
);
create index review_annotation_reply_annotation on review_annotation_reply (annotation_id);

-- One version for one market, from (inclusive) until (exclusive), with the certificate's signature.
create table approval (
  id                  text primary key check (id like 'apr\_%'),
  job_id              text not null references review_job,
  circulation         integer not null,
  item_id             text not null,
  locale              text not null,
  version_number      integer not null,
  version_sha256      text not null,
  market              text not null,
  valid_from          timestamptz not null,
  valid_until         timestamptz not null check (valid_until > valid_from),
  job_code            text not null,
  date_of_preparation text not null,
  approved_at         timestamptz not null,
  certified_by        text not null references person,
  signature_id        text not null references electronic_signature,
  foreign key (item_id, locale, version_number) references content_version
);
create index approval_item on approval (item_id, locale, market, approved_at);
create trigger append_only before update or delete or truncate on approval
  for each statement execute function refuse_change();
