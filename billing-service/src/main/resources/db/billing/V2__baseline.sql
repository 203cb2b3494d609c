-- What is sold, what was used, and what accounts have and owe. Every key of an account's rows starts with the account,
-- so that the schema can be sharded by it. Rows are written under the account's row lock, whose update is counted
-- (docs/adr/0009): most of them need no foreign key to it.

-- Accounts ------------------------------------------------------------------------------------------------------------

-- The row is what an account's work is locked by. Updated in place.
create table account (
  account_id text primary key,
  partition integer not null check (partition >= 0),
  currency text not null,
  funds numeric(26, 6) not null default 0 check (funds >= 0),
  credit_limit numeric(26, 6) not null default 0 check (credit_limit >= 0),
  accrued_to timestamptz not null,
  penalty_due_at timestamptz,
  last_movement_at timestamptz not null,
  next_sequence bigint not null default 1 check (next_sequence > 0),
  arrears_bill_id text,
  arrears_due_at timestamptz,
  next_due_at timestamptz,
  low_balance_threshold numeric(26, 6),
  low_balance_told boolean not null default false,
  opened_at timestamptz not null,
  debt_told_at timestamptz,
  low_balance_due_at timestamptz,
  low_balance_forecast_days integer check (low_balance_forecast_days between 1 and 90),
  low_balance_forecast_told boolean not null default false
) with (fillfactor = 60);
comment on column account.partition is 'the partition of the usage topics that carries the account';
comment on column account.accrued_to is 'days that ended by then have their penalty';
comment on column account.penalty_due_at is 'end of the next day that may cost a penalty';
comment on column account.arrears_bill_id is 'the earliest unpaid bill as last told; null when not in arrears';
comment on column account.next_due_at is 'when the next unpaid bill falls due that is not told of yet';
comment on column account.debt_told_at is 'bills that fell due by then are told of; null: as of the last movement';
comment on column account.low_balance_due_at is 'when to look next; null while the account asked for nothing';
create index account_penalty_due on account (penalty_due_at) where penalty_due_at is not null;
create index account_next_due on account (next_due_at) where next_due_at is not null;
create index account_low_balance_due on account (low_balance_due_at) where low_balance_due_at is not null;
-- Operators list the accounts whose balance is low: few among many.
create index account_low_balance on account (account_id) where low_balance_told or low_balance_forecast_told;

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

-- Where the product does not charge a suspension, nothing arises from then to the resumption.
create table suspension (
  account_id text not null,
  instance_id text not null,
  suspended_at timestamptz not null,
  resumed_at timestamptz check (resumed_at >= suspended_at),
  primary key (account_id, instance_id, suspended_at)
);
comment on column suspension.resumed_at is 'null while it lasts; for ever when the instance is released without having been resumed';

-- The journal ---------------------------------------------------------------------------------------------------------

-- What moved money, in the order of booking; replayed in the order of value time when the past changes. What policy
-- decided is kept with what it decided: a later change never rewrites the past.
create table movement (
  account_id text not null,
  sequence bigint not null check (sequence > 0),
  kind text not null check (kind in ('CHARGE', 'RECEIPT', 'REVERSAL', 'CREDIT_LIMIT')),
  value_time timestamptz not null,
  booked_at timestamptz not null,
  amount numeric(26, 6) not null check (amount >= 0),
  bill_id text,
  due_at timestamptz,
  rule text not null,
  allocation text check (allocation in ('PRINCIPAL_FIRST', 'PENALTY_FIRST')),
  cause_kind text not null,
  cause_id text not null,
  primary key (account_id, sequence),
  unique (account_id, cause_kind, cause_id),
  check ((kind = 'RECEIPT') = (allocation is not null)),
  constraint movement_cause check (
    case kind
      when 'CHARGE' then cause_kind = 'BILL'
      when 'CREDIT_LIMIT' then cause_kind = 'CREDIT_LIMIT'
      when 'RECEIPT' then cause_kind in ('BILL', 'ADJUSTMENT', 'ALIPAY_RECHARGE', 'ONLINE_BANKING_RECHARGE',
                                         'REMITTANCE_RECHARGE')
      when 'REVERSAL' then cause_kind in ('ADJUSTMENT', 'ALIPAY_REVERSAL', 'ONLINE_BANKING_REVERSAL',
                                          'REMITTANCE_REVERSAL')
    end),
  constraint movement_amount check (kind not in ('RECEIPT', 'REVERSAL') or amount > 0),
  constraint movement_charge check (case when kind = 'CHARGE'
    then bill_id is not null and due_at is not null and due_at >= value_time
    else bill_id is null and due_at is null end),
  constraint movement_booked check (booked_at >= value_time)
);
comment on column movement.allocation is 'of a receipt: what of a bill it pays first, as in force when it was booked';
create trigger movement_append_only before update or delete or truncate on movement
  for each statement execute function refuse_change();

-- One row is both sides: a part of the customer's account and a system account, zero-sum by construction.
create table posting (
  posting_id bigint generated always as identity,
  account_id text not null,
  sub_account text not null check (sub_account in ('FUNDS', 'CREDIT', 'PRINCIPAL', 'PENALTY')),
  bill_id text,
  contra text not null,
  amount numeric(26, 6) not null check (amount <> 0),
  currency text not null,
  value_time timestamptz not null,
  booked_at timestamptz not null,
  rule text not null,
  reason text not null default '',
  cause_kind text not null,
  cause_id text not null,
  primary key (account_id, posting_id),
  constraint posting_contra check (
    contra = case cause_kind
      when 'BILL' then 'REVENUE'
      when 'PENALTY_DAY' then 'PENALTY_INCOME'
      when 'ALIPAY_RECHARGE' then 'ALIPAY'
      when 'ALIPAY_REVERSAL' then 'ALIPAY'
      when 'ONLINE_BANKING_RECHARGE' then 'ONLINE_BANKING'
      when 'ONLINE_BANKING_REVERSAL' then 'ONLINE_BANKING'
      when 'REMITTANCE_RECHARGE' then 'REMITTANCE'
      when 'REMITTANCE_REVERSAL' then 'REMITTANCE'
      when 'CREDIT_LIMIT' then 'CREDIT'
      when 'ADJUSTMENT' then 'ADJUSTMENTS'
      else '' end),
  constraint posting_bill check (bill_id is not null or sub_account = 'FUNDS'),
  constraint posting_booked check (booked_at >= value_time)
);
comment on column posting.amount is 'in the customer''s favour';
comment on column posting.reason is 'what made the past different, for differences booked later';
comment on column posting.cause_kind is 'what kind of thing moved the money; names the contra account';
comment on column posting.cause_id is 'which one, unique within kind and account';
create index posting_by_cause on posting (account_id, cause_kind, cause_id);
create trigger posting_append_only before update or delete or truncate on posting
  for each statement execute function refuse_change();

-- What is drawn, owed as principal and owed as penalty lies in pots, a row each. Funds are a column of the account,
-- because nearly every bill moves them. Updated in place.
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

create table penalty_day (
  account_id text not null,
  bill_id text not null,
  day date not null,
  principal numeric(26, 6) not null,
  amount numeric(26, 6) not null check (amount >= 0),
  primary key (account_id, bill_id, day),
  constraint penalty_day_amount check (principal > 0 and amount > 0)
);

-- How accounts stood after parts of their history: a recomputation begins at the latest that it does not change. Copies
-- of what the movements say; without them a recomputation begins at the beginning.
create table account_checkpoint (
  account_id text not null references account,
  sequence bigint not null check (sequence > 0),
  value_time timestamptz not null,
  accrued_to timestamptz not null,
  funds numeric(26, 6) not null check (funds >= 0),
  credit_limit numeric(26, 6) not null check (credit_limit >= 0),
  primary key (account_id, sequence)
);
comment on column account_checkpoint.sequence is 'contains the movements up to this one in the order of booking';
comment on column account_checkpoint.value_time is 'when the latest of them counts';
comment on column account_checkpoint.accrued_to is 'days that ended by then have their penalty';

create table checkpoint_pot (
  account_id text not null,
  sequence bigint not null,
  sub_account text not null check (sub_account in ('CREDIT', 'PRINCIPAL', 'PENALTY')),
  reference text not null,
  since timestamptz not null,
  amount numeric(26, 6) not null check (amount < 0),
  primary key (account_id, sequence, sub_account, reference, since),
  foreign key (account_id, sequence) references account_checkpoint on delete cascade
);
comment on column checkpoint_pot.reference is 'the bill';
comment on column checkpoint_pot.since is 'when credit was drawn, or what is unpaid fell due';
comment on column checkpoint_pot.amount is 'in the customer''s favour';

-- Arrears are told product by product; the account keeps the earliest of all of them.
create table told_arrears (
  account_id text not null references account,
  product_id text not null,
  bill_id text not null,
  due_at timestamptz not null,
  primary key (account_id, product_id)
);

-- How far everything is told of the accounts of a partition of billing.events.
create table told_watermark (
  partition integer primary key check (partition >= 0),
  complete_to timestamptz not null,
  epoch bigint not null
);

-- Numbers of the events that this service tells change with each of them: updated in place.
alter table outbox_sequence set (fillfactor = 60);

-- Money in and out by hand --------------------------------------------------------------------------------------------

-- The channel's transaction number is the idempotency key (C2.2). Money to a payee account of nobody is nobody's; for
-- whom it was entered helps to assign it.
create table recharge (
  recharge_id text primary key,
  account_id text references account,
  channel text not null check (channel in ('ALIPAY', 'ONLINE_BANKING', 'REMITTANCE')),
  transaction_no text not null,
  amount numeric(26, 6) not null check (amount > 0),
  currency text not null,
  paid_at timestamptz not null,
  payee text,
  state text not null,
  received_at timestamptz not null,
  value_time timestamptz,
  booked_at timestamptz,
  reversal_no text,
  reversed_at timestamptz,
  rejected_at timestamptz,
  rejection text,
  entered_for text references account,
  unique (channel, transaction_no),
  unique (channel, reversal_no),
  constraint recharge_state_check check (state in ('PENDING', 'UNMATCHED', 'BOOKED', 'REVERSED', 'REJECTED')),
  constraint recharge_belongs_once_matched check (account_id is not null or state in ('UNMATCHED', 'REJECTED')),
  constraint recharge_unmatched_is_nobodys check (state <> 'UNMATCHED' or account_id is null),
  constraint recharge_entered_for_is_of_remittances check (entered_for is null or channel = 'REMITTANCE')
);
comment on column recharge.entered_for is 'for which account an unmatched remittance was entered';
create index recharge_by_account on recharge (account_id, paid_at, recharge_id);
create index recharge_waiting on recharge (received_at, recharge_id) where state in ('PENDING', 'UNMATCHED');

-- A remittance to a customer's payee account names its payer by itself.
create table payee_account (
  payee text primary key,
  account_id text not null unique references account,
  agreement text not null default '',
  assigned_by text not null,
  assigned_at timestamptz not null
);
comment on column payee_account.agreement is 'under which agreement it was assigned';

-- Money that operators give or take back; above a policy's amount two of them are needed.
create table adjustment (
  account_id text not null references account,
  adjustment_id text not null,
  kind text not null check (kind in ('CREDIT', 'TAKEN_BACK')),
  amount numeric(26, 6) not null check (amount > 0),
  currency text not null,
  rule text not null,
  reason text not null,
  takes_back text,
  needs_approval boolean not null,
  state text not null check (state in ('PENDING', 'BOOKED', 'REJECTED')),
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  rejection text,
  booked_at timestamptz,
  primary key (account_id, adjustment_id),
  check ((kind = 'TAKEN_BACK') = (takes_back is not null)),
  check ((state = 'BOOKED') = (booked_at is not null)),
  check ((state = 'REJECTED') = (rejection is not null)),
  check (decided_by <> requested_by),
  check (state <> 'BOOKED' or not needs_approval or decided_by is not null)
);
comment on column adjustment.decided_by is 'never who entered it';
create index adjustment_by_account on adjustment (account_id, requested_at, adjustment_id);
create index adjustment_waiting on adjustment (account_id, adjustment_id) where state = 'PENDING';
create unique index adjustment_taken_back_once on adjustment (account_id, takes_back)
  where takes_back is not null and state <> 'REJECTED';

-- Force majeure excuses the customer as well (C10.1). It is applied account by account: one that can't be recomputed
-- keeps nobody else waiting.
create table force_majeure (
  declaration_id text primary key,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  of_all boolean not null,
  reason text not null,
  declared_by text not null,
  declared_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  queued_after text
);
comment on column force_majeure.of_all is 'for every account, else for those of force_majeure_account';
comment on column force_majeure.queued_after is 'accounts up to this one, in their order, are in force_majeure_pending or done; null when all are';
-- What is declared for all accounts is asked for with every batch of penalties.
create index force_majeure_of_all on force_majeure (from_at) where of_all;
create index force_majeure_unqueued on force_majeure (declaration_id) where queued_after is not null;

create table force_majeure_account (
  declaration_id text not null references force_majeure,
  account_id text not null references account,
  primary key (declaration_id, account_id)
);
create index force_majeure_by_account on force_majeure_account (account_id);

create table force_majeure_pending (
  declaration_id text not null references force_majeure,
  account_id text not null,
  primary key (declaration_id, account_id)
);
comment on table force_majeure_pending is 'accounts that are still to be told of a declaration and recomputed';

-- The catalogue: rows are only ever added, a bill names the version it was rated with for ever ------------------------

create table product (
  product_id text primary key,
  product_number bigint generated always as identity unique,
  name text not null check (length(name) between 1 and 200),
  cycle text not null check (cycle in ('HOUR', 'DAY', 'MONTH')),
  payment_term text not null,
  retained_storage_charged boolean not null,
  author text not null,
  created_at timestamptz not null
);
comment on column product.product_number is 'given under a lock: the highest one means the newest commit';
comment on column product.payment_term is 'ISO 8601 duration from booking a bill to its due_at';
create trigger product_append_only before update or delete or truncate on product
  for each statement execute function refuse_change();

create table price_version (
  product_id text not null references product,
  version int not null check (version > 0),
  price_number bigint generated always as identity unique,
  effective_from timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  notice_id text,
  body jsonb not null,
  author text not null,
  created_at timestamptz not null,
  primary key (product_id, version)
);
comment on column price_version.notice_id is 'the notice whose gate allowed a free service to become chargeable';
create trigger price_version_append_only before update or delete or truncate on price_version
  for each statement execute function refuse_change();

-- A price version that has not started can be withdrawn. It stays, and its number is not used again; another version
-- may take its start.
create table price_withdrawal (
  product_id text not null,
  version int not null,
  withdrawal_number bigint generated always as identity unique,
  author text not null,
  reason text not null,
  withdrawn_at timestamptz not null,
  primary key (product_id, version),
  foreign key (product_id, version) references price_version
);
create trigger price_withdrawal_append_only before update or delete or truncate on price_withdrawal
  for each statement execute function refuse_change();

-- Accounts that are still to be told of a price version that was added or withdrawn.
create table price_news (
  account_id text not null,
  product_id text not null,
  version int not null,
  change text not null check (change in ('ADDED', 'WITHDRAWN')),
  effective_from timestamptz not null,
  at timestamptz not null,
  rule text not null,
  primary key (account_id, product_id, version, change)
);

-- The meters that metering has published: a price is accepted only when they emit what its product's cycle needs.
create table meter (
  meter text not null,
  version integer not null check (version > 0),
  unit text not null,
  hourly boolean not null,
  daily boolean not null,
  effective_from timestamptz not null,
  primary key (meter, version),
  check (hourly or daily)
);

-- Meters whose usage was billed at nothing because the price version in force does not name them.
create table unpriced_meter (
  product_id text not null,
  version integer not null,
  meter text not null,
  primary key (product_id, version, meter)
);

-- Usage as metering tells it ------------------------------------------------------------------------------------------

create table usage_window (
  account_id text not null,
  product_id text not null,
  window_start timestamptz not null,
  granularity text not null,
  instance_id text not null,
  meter text not null,
  dimensions text not null,
  window_end timestamptz not null,
  unit text not null,
  quantity numeric not null,
  event_count bigint not null,
  revision integer not null check (revision > 0),
  tick timestamptz not null,
  primary key (account_id, product_id, window_start, granularity, instance_id, meter, dimensions)
);
comment on column usage_window.dimensions is 'a JSON object, names in order';

-- Usage of products that the catalogue does not know yet.
create table unpriced_usage (
  account_id text not null,
  product_id text not null,
  output_partition integer not null,
  primary key (account_id, product_id)
);

-- What each aggregation partition has said and sent to each output partition: gaps are noticed here.
create table usage_marker (
  generation text not null,
  granularity text not null,
  aggregation_partition integer not null,
  output_partition integer not null,
  sequence bigint not null default 0,
  closed_up_to timestamptz,
  tick timestamptz,
  records_seen bigint not null default 0,
  events_seen bigint not null default 0,
  stopped text,
  primary key (generation, granularity, aggregation_partition, output_partition)
);

-- What markers said that not all aggregation partitions have said yet: with which tick each step was complete.
create table usage_marker_advance (
  generation text not null,
  granularity text not null,
  aggregation_partition integer not null,
  output_partition integer not null,
  closed_up_to timestamptz not null,
  tick timestamptz not null,
  primary key (generation, granularity, output_partition, aggregation_partition, closed_up_to)
);

-- Each advance of an output partition's closing time, and the tick at which it was said.
create table usage_watermark (
  output_partition integer not null,
  granularity text not null,
  closed_up_to timestamptz not null,
  tick timestamptz not null,
  primary key (output_partition, granularity, closed_up_to)
);

-- Charging: the cycles usage is billed in, and the lines it became ----------------------------------------------------

create table billing_cycle (
  account_id text not null,
  product_id text not null,
  cycle_start timestamptz not null,
  cycle_end timestamptz not null,
  month_start timestamptz not null,
  output_partition integer not null,
  granularity text not null,
  billed boolean not null default false,
  touched_at timestamptz not null,
  windows bigint not null default 0,
  primary key (account_id, product_id, cycle_start)
);
comment on column billing_cycle.windows is 'revisions of its windows that were stored: at least as many as it has windows';
-- A cycle that is billed moves in every index: the primary key finds a month's cycles too.
create index billing_cycle_open on billing_cycle (cycle_end, account_id) where not billed;

-- Months to rate again, because a billed window changed.
create table late_usage (
  account_id text not null,
  product_id text not null,
  month_start timestamptz not null,
  aggregation_partition integer not null,
  output_partition integer not null,
  granularity text not null,
  tick timestamptz not null,
  generation text not null default '',
  primary key (account_id, product_id, month_start, aggregation_partition)
);
comment on column late_usage.aggregation_partition is 'the aggregation partition whose marker completes it; -1 when none is awaited';
comment on column late_usage.generation is 'the generation whose marker completes it; empty where none is awaited';

-- All counters of an account's product and month: every bill reads and writes all of them (docs/adr/0013). What does
-- not fit a page is written aside as it is: it is written again with the next bill.
create table month_counters (
  account_id text not null,
  product_id text not null,
  month_start timestamptz not null,
  counters json not null,
  counted_to timestamptz not null,
  primary key (account_id, product_id, month_start)
) with (fillfactor = 60);
alter table month_counters alter column counters set storage external;
comment on column month_counters.counted_to is 'start of the latest cycle that the counters count';
comment on column month_counters.counters is
  '[[instance, meter, free units, units, amount], ...]; the instance is empty where all instances share the counter';

create table bill (
  account_id text not null,
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
  primary key (account_id, bill_id),
  constraint bill_due check (due_at >= booked_at),
  constraint bill_period check (period_end > period_start),
  constraint bill_amount check (case kind
    when 'CYCLE' then adjusts is null
    when 'ADJUSTMENT' then adjusts is not null and amount >= 0
    when 'CORRECTION' then adjusts is not null and amount < 0 end),
  constraint bill_corrected check (corrected = 0 or amount + corrected >= 0)
);
comment on column bill.corrected is 'sum of the corrections downward, each of which is a bill of kind CORRECTION';
create index bill_by_period on bill (account_id, product_id, period_start);
create index bill_by_booking on bill (account_id, booked_at, bill_id);

-- The lines of a cycle are those of its bills, which bill_by_period finds.
create table charge_line (
  account_id text not null,
  bill_id text not null,
  line_no integer not null check (line_no > 0),
  product_id text not null,
  cycle_start timestamptz not null,
  kind text not null,
  instance_id text,
  meter text,
  dimensions text not null,
  window_start timestamptz not null,
  window_end timestamptz not null,
  revision integer not null,
  quantity numeric not null,
  amount numeric(26, 6) not null,
  rated jsonb not null,
  primary key (account_id, bill_id, line_no)
);
comment on column charge_line.instance_id is 'null on a minimum that all instances of the account share';
comment on column charge_line.amount is 'what the bill charges for it: of an adjustment the difference';
comment on column charge_line.rated is
  'how the line was rated, beyond its columns: counters, price version, legs, everything needed to rate it again';
create trigger charge_line_append_only before update or delete or truncate on charge_line
  for each statement execute function refuse_change();
