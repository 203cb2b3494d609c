-- What is drawn, owed as principal and owed as penalty lies in pots, a row each; funds stay a column of the account,
-- because nearly every bill moves them. No foreign key, as before: rows are written under the account's lock.
create table open_pot (
  account_id text not null,
  sub_account text not null,
  reference text not null,
  since timestamptz not null,
  amount numeric(26, 6) not null,
  primary key (account_id, sub_account, reference, since),
  constraint open_pot_amount check (sub_account in ('CREDIT', 'PRINCIPAL', 'PENALTY') and amount < 0)
) with (fillfactor = 60);
comment on column open_pot.reference is 'the bill';
comment on column open_pot.since is 'when credit was drawn, or what is unpaid fell due';
comment on column open_pot.amount is 'in the customer''s favour, as in postings';

insert into open_pot (account_id, sub_account, reference, since, amount)
select account_id, 'CREDIT', bill_id, drawn_at, -amount from credit_draw
union all
select account_id, 'PRINCIPAL', bill_id, due_at, -principal from open_debt where principal > 0
union all
select account_id, 'PENALTY', bill_id, due_at, -penalty from open_debt where penalty > 0;
drop table credit_draw;
drop table open_debt;

alter table checkpoint_pot rename column bill_id to reference;
comment on column checkpoint_pot.reference is 'the bill';

-- What nothing is found by is not kept twice.
alter table account drop column credit_drawn, drop column principal, drop column penalty;
create view account_balance as
select a.account_id, a.currency, a.funds, a.credit_limit, t.credit_drawn, t.principal, t.penalty,
       a.arrears_bill_id, a.arrears_due_at, a.low_balance_told, a.low_balance_forecast_told
  from account a
 cross join lateral (
       select coalesce(-sum(p.amount) filter (where p.sub_account = 'CREDIT'), 0) as credit_drawn,
              coalesce(-sum(p.amount) filter (where p.sub_account = 'PRINCIPAL'), 0) as principal,
              coalesce(-sum(p.amount) filter (where p.sub_account = 'PENALTY'), 0) as penalty
         from open_pot p where p.account_id = a.account_id) t;
comment on view account_balance is 'what accounts have and owe in all; looked up by account, never summed over all';

-- What a recharge was used for is what was posted for it.
alter table recharge
  drop column to_principal, drop column to_penalty, drop column to_credit, drop column to_funds;
