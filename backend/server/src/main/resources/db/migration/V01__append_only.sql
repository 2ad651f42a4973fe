-- Facts are inserted and never changed. Tables that hold facts get this trigger; it fires for every role, owner included.
create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$;
