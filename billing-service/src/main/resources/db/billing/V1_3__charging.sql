-- Usage as metering tells it, the cycles it is billed in, and the lines it became.

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

-- What each aggregation partition has said and sent to each output partition: gaps are noticed here.
create table usage_marker (
  generation text not null,
  granularity text not null,
  p integer not null,
  q integer not null,
  sequence bigint not null default 0,
  closed_up_to timestamptz,
  tick timestamptz,
  records_seen bigint not null default 0,
  events_seen bigint not null default 0,
  stopped text,
  primary key (generation, granularity, p, q)
);

-- Each advance of an output partition's closing time, and the tick at which it was said.
create table usage_watermark (
  q integer not null,
  granularity text not null,
  closed_up_to timestamptz not null,
  tick timestamptz not null,
  primary key (q, granularity, closed_up_to)
);

create table billing_cycle (
  account_id text not null,
  product_id text not null,
  cycle_start timestamptz not null,
  cycle_end timestamptz not null,
  month_start timestamptz not null,
  q integer not null,
  granularity text not null,
  billed boolean not null default false,
  touched_at timestamptz not null,
  blocked text,
  blocked_versions integer,
  primary key (account_id, product_id, cycle_start)
);
comment on column billing_cycle.blocked is 'why it can not be rated; tried again when the product has another number of price versions';
create index billing_cycle_open on billing_cycle (cycle_end, account_id) where not billed;
create index billing_cycle_by_month on billing_cycle (account_id, product_id, month_start);

-- Usage of products that the catalogue does not know yet.
create table unpriced_usage (
  account_id text not null,
  product_id text not null,
  q integer not null,
  primary key (account_id, product_id)
);

-- Months to rate again, because a billed window changed.
create table late_usage (
  account_id text not null,
  product_id text not null,
  month_start timestamptz not null,
  p integer not null,
  q integer not null,
  granularity text not null,
  tick timestamptz not null,
  primary key (account_id, product_id, month_start, p)
);
comment on column late_usage.p is 'the aggregation partition whose marker completes it; -1 when none is awaited';

create table month_counter (
  account_id text not null,
  product_id text not null,
  month_start timestamptz not null,
  instance_id text not null,
  meter text not null,
  free_units numeric not null,
  units numeric not null,
  amount numeric not null,
  primary key (account_id, product_id, month_start, instance_id, meter)
);

create table charge_line (
  account_id text not null,
  bill_id text not null,
  line_no integer not null check (line_no > 0),
  product_id text not null,
  cycle_start timestamptz not null,
  kind text not null,
  instance_id text not null,
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
comment on column charge_line.amount is 'what the bill charges for it: of an adjustment the difference';
comment on column charge_line.rated is 'the line as rated, with everything needed to rate it again';
create index charge_line_by_cycle on charge_line (account_id, product_id, cycle_start);
create trigger charge_line_append_only before update or delete or truncate on charge_line
  for each statement execute function refuse_change();
