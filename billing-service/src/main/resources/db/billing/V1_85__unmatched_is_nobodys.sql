-- What was entered under an account to a payee account of nobody showed there, and vanished when it was another's.
update recharge set account_id = null where state = 'UNMATCHED';
alter table recharge add constraint recharge_unmatched_is_nobodys
  check (state <> 'UNMATCHED' or account_id is null);
