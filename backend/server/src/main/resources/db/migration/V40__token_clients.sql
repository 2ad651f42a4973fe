-- A credential is a key that is sent with each request, or a client id and secret that buy access tokens.
alter table api_key add column use text not null default 'key' check (use in ('key', 'client'));
-- During a rotation the secret before is valid too, until the next rotation or until it is dropped.
alter table api_key add column previous_secret_hash text unique check (previous_secret_hash is null or use = 'client');

-- Signs access tokens; one for all nodes, made by the first that needs it, its private half never shown.
create table token_signing_key (
  name       text primary key,
  jwk        text not null,
  created_at timestamptz not null
);

-- Shows what is not approved to whoever holds it, as the person who made it may see it; for a day at most.
create table preview_token (
  id          text primary key check (id like 'pvt\_%'),
  person_id   text not null references person,
  secret_hash text not null unique,   -- SHA-256 of the whole token, hex
  created_at  timestamptz not null,
  expires_at  timestamptz not null check (expires_at <= created_at + interval '24 hours'),
  revoked_at  timestamptz
);
