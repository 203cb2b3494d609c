-- A batch of cycles is read into memory with all of its windows: it is bounded by how many these are.
alter table billing_cycle add column windows bigint not null default 0;
comment on column billing_cycle.windows is 'revisions of its windows that were stored: at least as many as it has windows';

update billing_cycle c
   set windows = (select count(*) from usage_window w
                   where w.account_id = c.account_id and w.product_id = c.product_id
                     and w.window_start >= c.cycle_start and w.window_start < c.cycle_end
                     and w.granularity = c.granularity)
 where not c.billed;
