-- What people step through on the content-set screen: the newest changes of one market and locale, and of strategies.
create index content_change_shelf on content_change (market, locale, sequence);
create index content_change_strategy on content_change (sequence) where strategy_id is not null;
