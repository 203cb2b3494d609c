-- A remittance to a customer's payee account names its payer by itself; one to another belongs to nobody yet (C2.2).
create table payee_account (
  payee text primary key,
  account_id text not null unique references account,
  agreement text not null default '',
  assigned_by text not null,
  assigned_at timestamptz not null
);
comment on column payee_account.agreement is 'under which agreement it was assigned';

alter table recharge alter column account_id drop not null;
alter table recharge add column rejected_at timestamptz;
alter table recharge add column rejection text;
alter table recharge drop constraint recharge_state_check;
alter table recharge add constraint recharge_state_check
  check (state in ('PENDING', 'UNMATCHED', 'BOOKED', 'REVERSED', 'REJECTED'));
alter table recharge add constraint recharge_belongs_once_matched
  check (account_id is not null or state in ('UNMATCHED', 'REJECTED'));
