-- Accounts, their contacts, the instances that run for them, and what platforms are asked to do.

create table account (
  account text primary key,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null,
  debt_due_at timestamptz,
  penalty_owed numeric(30, 6) not null default 0 check (penalty_owed >= 0),
  penalty_as_of timestamptz
);
comment on column account.debt_due_at is 'due instant of the earliest unpaid bill; null when nothing is owed';
comment on column account.penalty_owed is 'as billing told when the debt was cleared, less what was paid since';

-- A removed contact leaves its version behind, so that versions never repeat.
create table contact (
  account text primary key references account,
  version bigint not null check (version > 0),
  name text,
  emails text[],
  language text,
  marketing_consent boolean,
  check ((name is null) = (emails is null)),
  check ((name is null) = (language is null)),
  check ((name is null) = (marketing_consent is null))
);

create table instance (
  account text not null references account,
  instance text not null unique,
  product text not null,
  platform text not null,
  specification text not null,
  mode text not null check (mode in ('PAY_AS_YOU_GO', 'SUBSCRIPTION')),
  registered_at timestamptz not null,
  ended_at timestamptz,
  version bigint not null default 1 check (version > 0),
  state text not null default 'ACTIVE'
    check (state in ('ACTIVE', 'IN_ARREARS', 'SUSPENDED', 'RELEASING', 'RELEASED')),
  holds text[] not null default '{}',
  account_holds text[] not null default '{}',
  debt_due_at timestamptz,
  suspend_at timestamptz,
  arrears_held_at timestamptz,
  termination_reason text,
  termination_clearing text check (termination_clearing in ('AFTER_RETENTION', 'AT_ONCE')),
  termination_rule text,
  terminated_at timestamptz,
  legal_hold boolean not null default false,
  plans integer not null default 0 check (plans >= 0),
  deletion_plan integer,
  deletion_planned_at timestamptz,
  deletion_due_at timestamptz,
  first_lead_days integer,
  last_lead_days integer,
  first_issued_at timestamptz,
  first_delivered_at timestamptz,
  last_issued_at timestamptz,
  last_delivered_at timestamptz,
  next_step_at timestamptz,
  primary key (account, instance),
  check (suspend_at is null or debt_due_at is not null),
  check (('ARREARS' = any (holds)) = (arrears_held_at is not null)),
  check ((terminated_at is null) = (termination_clearing is null)),
  check ((deletion_plan is null) = (deletion_due_at is null)),
  check ((deletion_plan is null) = (deletion_planned_at is null)),
  check ((deletion_plan is null) = (first_lead_days is null)),
  check (first_lead_days > last_lead_days and last_lead_days >= 0),
  check (state not in ('RELEASING', 'RELEASED') or (deletion_plan is null and not legal_hold))
);
comment on column instance.next_step_at is 'when time alone changes something next';
create index instance_due on instance (next_step_at) where next_step_at is not null;
create index instance_by_platform on instance (platform, instance);

-- The same pairs as the rules' table of transitions.
create function refuse_unknown_transition() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and (old.state, new.state) not in (
      ('ACTIVE', 'IN_ARREARS'), ('ACTIVE', 'SUSPENDED'), ('ACTIVE', 'RELEASING'),
      ('IN_ARREARS', 'ACTIVE'), ('IN_ARREARS', 'SUSPENDED'), ('IN_ARREARS', 'RELEASING'),
      ('SUSPENDED', 'ACTIVE'), ('SUSPENDED', 'IN_ARREARS'), ('SUSPENDED', 'RELEASING'),
      ('RELEASING', 'RELEASED')) then
    raise exception 'no transition from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger instance_transition before update on instance
  for each row execute function refuse_unknown_transition();

-- Who placed which hold and who lifted it; the arrears hold is not here, it follows the debt.
create table hold (
  hold bigint generated always as identity unique,
  account text not null references account,
  instance text,
  cause text not null
    check (cause in ('VIOLATION', 'UNANSWERED_COMPLAINT', 'ATTACK', 'BEYOND_SPECIFICATION', 'OPERATOR')),
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz,
  primary key (account, hold),
  foreign key (account, instance) references instance,
  check ((lifted_by is null) = (lifted_at is null))
);
create unique index hold_in_force on hold (account, instance, cause) nulls not distinct
  where lifted_at is null;

create table command (
  number bigint generated always as identity unique,
  account text not null,
  command text not null unique,
  instance text not null,
  platform text not null,
  kind text not null check (kind in ('OPEN', 'SUSPEND', 'RESUME', 'RELOCATE', 'RELEASE')),
  rule text not null,
  wanted_at timestamptz not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'ACKNOWLEDGED', 'SUPERSEDED')),
  delivery integer not null default 1 check (delivery > 0),
  next_delivery_at timestamptz not null,
  acknowledged_at timestamptz,
  posted_delivery integer not null default 0,
  posted_outcome text,
  primary key (account, command),
  foreign key (account, instance) references instance,
  check (state <> 'ACKNOWLEDGED' or acknowledged_at is not null),
  check (posted_delivery between 0 and delivery)
);
comment on column command.posted_delivery is 'the last delivery that was also tried as a webhook';
create index command_due on command (next_delivery_at) where state = 'PENDING';
create index command_by_platform on command (platform, number);
create index command_by_instance on command (account, instance, number);

create table webhook (
  platform text primary key,
  url text not null,
  secret text not null
);

-- What a platform last said of an instance.
create table reported_instance (
  platform text not null,
  instance text not null,
  running boolean not null,
  reported_at timestamptz not null,
  primary key (platform, instance)
);
