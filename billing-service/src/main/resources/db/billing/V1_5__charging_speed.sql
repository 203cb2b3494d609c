-- Charging touches every account, cycle and counter once a cycle: each of these is paid per charge line.

-- Found by the sweeps without reading all cycles there ever were.
create index billing_cycle_blocked on billing_cycle (product_id) where blocked is not null and not billed;

-- The primary key finds a month's cycles too, and a cycle that is billed must move in every index.
drop index billing_cycle_by_month;

-- Rows are written under the account's row lock, whose update is counted (docs/adr/0009): a look-up per row proves no more.
alter table movement drop constraint movement_account_id_fkey;
alter table bill drop constraint bill_account_id_fkey;
alter table open_debt drop constraint open_debt_account_id_fkey;

-- Updated in place, without a new entry in any index.
alter table account set (fillfactor = 60);
alter table month_counter set (fillfactor = 60);
alter table outbox_sequence set (fillfactor = 60);
