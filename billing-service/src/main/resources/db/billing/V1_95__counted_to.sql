-- How far a month is counted, so that a cycle billed after a later one is noticed without a look at the others.
alter table month_counters add column counted_to timestamptz;
update month_counters m
   set counted_to = (select max(cycle_start) from billing_cycle c
                      where c.account_id = m.account_id and c.product_id = m.product_id
                        and c.month_start = m.month_start and c.billed);
update month_counters set counted_to = month_start where counted_to is null;
alter table month_counters alter column counted_to set not null;
comment on column month_counters.counted_to is 'start of the latest cycle that the counters count';
