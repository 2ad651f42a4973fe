-- Sync asks whose window began or ended between two moments, and what is shown together with what changed.
create index publication_window_from on publication (effective_from);
create index publication_window_until on publication (effective_until);
create index publication_safety on publication ((facets->>'safetyInformation'), market, locale) where facets->>'safetyInformation' is not null;
create index publication_prescribing on publication ((facets->>'prescribingInformation'), market, locale) where facets->>'prescribingInformation' is not null;
-- Whatever the rules of a publication name: an item that it requires decides whether it goes out.
create index publication_rules on publication using gin (jsonb_path_query_array(facets, '$.rules[*].**'));
