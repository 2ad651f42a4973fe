-- What a person's POST with an Idempotency-Key was answered, for a day. Neither the key nor the request is here: without the key
-- nobody can try out which password a request carried.
create table idempotency_key (
  person_id      text not null references person,
  key_sha256     text not null,
  -- HMAC-SHA-256 with the key over method, address and body
  request_mac    text not null,
  claim          text not null,
  claimed_at     timestamptz not null,
  -- null while the first request runs
  status         int,
  headers        jsonb,
  -- null beside a status: done, and the answer is not kept
  body           bytea,
  primary key (person_id, key_sha256)
);

create index idempotency_key_claimed_at on idempotency_key (claimed_at);
