-- Whether a CDN stands before the channel that purges by surrogate key: only then may a copy outlive its request (RFC 9213).
alter table channel add column purges_by_key boolean not null default false;
