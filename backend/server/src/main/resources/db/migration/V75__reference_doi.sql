-- The same DOI is written in capitals, with `doi:` or with a resolver in front; it is found by what is the same in all of them.
alter table reference add column doi_plain text
  generated always as (lower(substring(doi from '10\.[0-9]{4,9}[./].*$'))) stored;
create index reference_doi_plain on reference (doi_plain) where doi_plain is not null;
