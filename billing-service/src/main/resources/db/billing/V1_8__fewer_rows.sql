-- A bill of thirty lines touched thirty counters, and each line moved in two indexes (docs/adr/0013).

-- All counters of an account's product and month: every bill reads and writes all of them.
create table month_counters (
  account_id text not null,
  product_id text not null,
  month_start timestamptz not null,
  counters json not null,
  primary key (account_id, product_id, month_start)
) with (fillfactor = 60);
comment on column month_counters.counters is '[[instance, meter, free units, units, amount], ...]';
-- What does not fit a page is written aside as it is: it is written again with the next bill.
alter table month_counters alter column counters set storage external;

insert into month_counters (account_id, product_id, month_start, counters)
select account_id, product_id, month_start,
       json_agg(json_build_array(instance_id, meter, free_units, units, amount))
  from month_counter
 group by account_id, product_id, month_start;
drop table month_counter;

-- The lines of a cycle are those of its bills, which bill_by_period finds.
drop index charge_line_by_cycle;
comment on column charge_line.rated is
  'how the line was rated, beyond its columns, which older lines repeat: everything needed to rate it again';

-- Updated in place.
alter table open_debt set (fillfactor = 60);
