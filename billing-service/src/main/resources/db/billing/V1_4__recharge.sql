-- Money from outside. The channel's transaction number is the idempotency key (C2.2).
create table recharge (
  recharge_id text primary key,
  account_id text not null references account,
  channel text not null check (channel in ('ALIPAY', 'ONLINE_BANKING', 'REMITTANCE')),
  transaction_no text not null,
  amount numeric(26, 6) not null check (amount > 0),
  currency text not null,
  paid_at timestamptz not null,
  payee text,
  state text not null check (state in ('PENDING', 'UNMATCHED', 'BOOKED', 'REVERSED')),
  received_at timestamptz not null,
  value_time timestamptz,
  booked_at timestamptz,
  to_principal numeric(26, 6),
  to_penalty numeric(26, 6),
  to_credit numeric(26, 6),
  to_funds numeric(26, 6),
  reversal_no text,
  reversed_at timestamptz,
  unique (channel, transaction_no),
  unique (channel, reversal_no)
);
create index recharge_by_account on recharge (account_id, paid_at, recharge_id);
create index recharge_waiting on recharge (received_at, recharge_id) where state in ('PENDING', 'UNMATCHED');
