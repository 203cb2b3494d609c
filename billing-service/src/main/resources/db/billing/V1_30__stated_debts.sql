-- What an account owes is stated whenever it changes, also when a further bill falls due.
alter table account add column debt_told_at timestamptz;
comment on column account.debt_told_at is 'bills that fell due by then are told of; null: as of the last movement';
comment on column account.next_due_at is 'when the next unpaid bill falls due that is not told of yet';
update account set debt_told_at = greatest(last_movement_at, arrears_due_at) where arrears_due_at is not null;
update account a
   set next_due_at = (select min(d.due_at) from open_debt d
                       where d.account_id = a.account_id and d.principal > 0
                         and d.due_at > coalesce(a.debt_told_at, a.last_movement_at))
 where a.next_due_at is null and a.principal > 0;
