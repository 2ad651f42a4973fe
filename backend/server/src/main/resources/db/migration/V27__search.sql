-- The order in which the library's indexer takes what is due.
create index search_dirty_order on search_dirty (mark);
