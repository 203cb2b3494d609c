-- Accounts that asked to be told of a low balance are looked at with each movement and each hour: open cycles count.
alter table account add column low_balance_due_at timestamptz;
alter table account add column low_balance_forecast_days integer check (low_balance_forecast_days between 1 and 90);
alter table account add column low_balance_forecast_told boolean not null default false;
comment on column account.low_balance_due_at is 'when to look next; null while the account asked for nothing';
create index account_low_balance_due on account (low_balance_due_at) where low_balance_due_at is not null;
