-- What accounts have and owe. Every key starts with the account, so that the schema can be sharded by it.

-- A projection of the postings; the row is what an account's work is locked by.
create table account (
  account_id text primary key,
  partition integer not null check (partition >= 0),
  currency text not null,
  funds numeric(26, 6) not null default 0 check (funds >= 0),
  credit_limit numeric(26, 6) not null default 0 check (credit_limit >= 0),
  credit_drawn numeric(26, 6) not null default 0 check (credit_drawn >= 0),
  principal numeric(26, 6) not null default 0 check (principal >= 0),
  penalty numeric(26, 6) not null default 0 check (penalty >= 0),
  accrued_to timestamptz not null,
  penalty_due_at timestamptz,
  last_movement_at timestamptz not null,
  next_sequence bigint not null default 1 check (next_sequence > 0),
  arrears_bill_id text,
  arrears_due_at timestamptz,
  next_due_at timestamptz,
  low_balance_threshold numeric(26, 6),
  low_balance_told boolean not null default false,
  opened_at timestamptz not null
);
comment on column account.partition is 'the partition of the usage topics that carries the account';
comment on column account.accrued_to is 'days that ended by then have their penalty';
comment on column account.penalty_due_at is 'end of the next day that may cost a penalty';
comment on column account.arrears_bill_id is 'the earliest unpaid bill as last told; null when not in arrears';
comment on column account.next_due_at is 'when the next unpaid bill falls due';
create index account_penalty_due on account (penalty_due_at) where penalty_due_at is not null;
create index account_next_due on account (next_due_at) where next_due_at is not null;

-- What moved money, in the order of booking; replayed in the order of value time when the past changes.
create table movement (
  account_id text not null references account,
  sequence bigint not null check (sequence > 0),
  cause text not null,
  kind text not null check (kind in ('CHARGE', 'RECEIPT', 'REVERSAL', 'CREDIT_LIMIT')),
  value_time timestamptz not null,
  booked_at timestamptz not null,
  amount numeric(26, 6) not null check (amount >= 0),
  bill_id text,
  due_at timestamptz,
  rule text not null,
  primary key (account_id, sequence),
  unique (account_id, cause)
);
create trigger movement_append_only before update or delete or truncate on movement
  for each statement execute function refuse_change();

-- One row is both sides: a part of the customer's account and a system account, zero-sum by construction.
create table posting (
  posting_id bigint generated always as identity,
  account_id text not null,
  cause text not null,
  sub_account text not null check (sub_account in ('FUNDS', 'CREDIT', 'PRINCIPAL', 'PENALTY')),
  bill_id text,
  contra text not null,
  amount numeric(26, 6) not null check (amount <> 0),
  currency text not null,
  value_time timestamptz not null,
  booked_at timestamptz not null,
  rule text not null,
  reason text not null default '',
  primary key (account_id, posting_id)
);
comment on column posting.amount is 'in the customer''s favour';
comment on column posting.reason is 'what made the past different, for differences booked later';
create index posting_by_cause on posting (account_id, cause);
create trigger posting_append_only before update or delete or truncate on posting
  for each statement execute function refuse_change();

create table bill (
  account_id text not null references account,
  bill_id text not null,
  kind text not null check (kind in ('CYCLE', 'ADJUSTMENT', 'CORRECTION')),
  product_id text not null,
  cycle text not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  amount numeric(26, 6) not null,
  corrected numeric(26, 6) not null default 0 check (corrected <= 0),
  due_at timestamptz not null,
  booked_at timestamptz not null,
  adjusts text,
  rule text not null,
  primary key (account_id, bill_id)
);
comment on column bill.corrected is 'sum of the corrections downward, each of which is a bill of kind CORRECTION';
create index bill_by_period on bill (account_id, product_id, period_start);
create index bill_by_booking on bill (account_id, booked_at, bill_id);

create table open_debt (
  account_id text not null references account,
  bill_id text not null,
  due_at timestamptz not null,
  principal numeric(26, 6) not null check (principal >= 0),
  penalty numeric(26, 6) not null check (penalty >= 0),
  primary key (account_id, bill_id, due_at)
);

create table penalty_day (
  account_id text not null,
  bill_id text not null,
  day date not null,
  principal numeric(26, 6) not null,
  amount numeric(26, 6) not null check (amount >= 0),
  primary key (account_id, bill_id, day)
);

create table instance (
  instance_id text primary key,
  account_id text not null,
  product_id text not null,
  mode text not null,
  registered_at timestamptz not null,
  ended_at timestamptz,
  recurring_through timestamptz
);
comment on column instance.recurring_through is 'cycles that ended by then have been opened for flat fees and minimums';
create index instance_by_account on instance (account_id, product_id);
