-- Which sequence a past moment belongs to.
create index content_change_at on content_change (at, sequence);
