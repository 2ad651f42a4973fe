-- How far a consumer of content_change has come. `visible` only moves after the index has been refreshed.
create table search_cursor (
  index_name text primary key,
  sequence   bigint not null
);

-- Items whose entry in the content library must be built anew; coalesces many writes into one.
create table search_dirty (
  item_id text primary key,
  mark    bigint not null
);
create sequence search_dirty_mark;
