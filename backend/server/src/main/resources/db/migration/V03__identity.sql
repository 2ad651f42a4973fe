create table person (
  id                   text primary key check (id like 'usr\_%'),
  username             text not null unique check (username = lower(username)),
  display_name         text not null,
  password_hash        text not null,
  roles                text[] not null,
  brands               text[] not null, -- '*' is every brand; an empty list is none
  markets              text[] not null, -- '*' is every market; an empty list is none
  registration_number  text,
  identity_verified_at timestamptz,     -- signing is refused until set (P11-8)
  suspended_at         timestamptz,
  password_changed_at  timestamptz not null,
  created_at           timestamptz not null
);
-- A user id is never reassigned (P11-8): people are suspended, not deleted.
create trigger never_deleted before delete or truncate on person
  for each statement execute function refuse_change();

-- Failed sign-ins, one row an attempt, per normalised account name: what throttling counts.
create table sign_in_failure (
  account text not null,
  at      timestamptz not null
);
create index sign_in_failure_account on sign_in_failure (account, at);

create table electronic_signature (
  id                  text primary key check (id like 'sig\_%'),
  person_id           text not null references person,
  printed_name        text not null,
  registration_number text,
  meaning             text not null,
  signed_at           timestamptz not null,
  subject_type        text not null,
  subject_id          text not null,
  sha256              text not null check (length(sha256) = 64), -- of the signed record's canonical JSON (P11-7)
  components          text not null check (components in ('user-id-and-password', 'password')),
  seal                text not null  -- SHA-256 over the signature's own fields and the previous columns
);
create index electronic_signature_subject on electronic_signature (subject_type, subject_id);
create trigger append_only before update or delete or truncate on electronic_signature
  for each statement execute function refuse_change();

create table channel (
  id   text primary key check (id like 'chn\_%'),
  key  text not null unique,
  name text not null,
  kind text not null  -- notation of the channels scheme: web, email, rep-tablet, chat, portal, congress
);

create table api_key (
  id           text primary key check (id like 'key\_%'),
  channel_id   text not null references channel,
  name         text not null,
  prefix       text not null,          -- first characters, to recognise a key by
  secret_hash  text not null unique,   -- SHA-256 of the whole key, hex
  markets      text[] not null,
  locales      text[] not null,
  kinds        text[] not null,
  may_explain  boolean not null default false,
  may_time_travel boolean not null default false,
  created_by   text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz
);
create index api_key_channel on api_key (channel_id);
