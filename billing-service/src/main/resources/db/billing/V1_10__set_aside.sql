-- Cycles that can't be rated are set aside like everything else that can't be done.
insert into set_aside (account_id, work, subject, reason, since, try_now, next_try_at)
select account_id, 'charging',
       product_id || ' ' || to_char(cycle_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       blocked, cycle_end, true, clock_timestamp()
  from billing_cycle where blocked is not null and not billed;
drop index billing_cycle_blocked;
alter table billing_cycle drop column blocked, drop column blocked_versions;
