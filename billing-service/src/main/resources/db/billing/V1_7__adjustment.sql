-- Money that operators give or take back by hand; above a policy's amount two of them are needed.
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
