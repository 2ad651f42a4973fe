-- Wrong passwords count for an account and where they came from: an address, or a browser that its owner once signed in with.
alter table sign_in_failure add column origin text not null default '';
-- An attempt is counted before its password is hashed, and taken back by its number when it was right.
alter table sign_in_failure add column id bigint generated always as identity primary key;

-- What signs the cookies of known browsers. Whoever reads this may guess a little longer, and nothing else.
create table identity_secret (
  name       text primary key,
  value      text not null, -- Base64 of 32 bytes
  created_at timestamptz not null
);

-- The passwords that a person may not take again: the newest four, beside the one in force. Older ones are deleted.
create table former_password (
  person_id     text not null references person,
  replaced_at   timestamptz not null,
  password_hash text not null,
  primary key (person_id, replaced_at)
);

-- Which administrator gave a password away, so that another one has to confirm whose it is now (P11-10); empty when confirmed.
alter table person add column identity_open_since_reset_by text;
-- The first signature after a reset stands out in the trail, whoever chose the password since.
alter table person add column unsigned_since_reset boolean not null default false;
update person set unsigned_since_reset = true where password_reset_by is not null;
