-- Accounts, their contacts, the instances that run for them, and what platforms are asked to do.

create table account (
  account text primary key,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null,
  debt_due_at timestamptz,
  penalty_owed numeric(30, 6) not null default 0 check (penalty_owed >= 0),
  partition integer not null check (partition >= 0),
  owed numeric(30, 6) not null default 0 check (owed >= 0)
);
comment on column account.debt_due_at is 'due instant of the earliest unpaid bill; null when nothing is owed';
comment on column account.penalty_owed is 'unpaid penalty, as billing stated last';
comment on column account.partition is 'the partition of the topics that carry the account''s events';
comment on column account.owed is 'principal past due that nothing covers, as billing stated last';

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

-- What billing said of debts ------------------------------------------------------------------------------------------

create table product_debt (
  account text not null references account,
  product text not null,
  due_at timestamptz not null,
  account_wide boolean not null,
  primary key (account, product)
);
comment on column product_debt.due_at is 'due instant of the product''s earliest unpaid bill';
comment on column product_debt.account_wide is 'whether it concerns all of the account''s pay-as-you-go instances';

-- Times that do not count towards the grace (C10.1).
create table force_majeure (
  account text not null references account,
  declaration text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (account, declaration)
);

-- How far billing has told everything of the accounts of a partition: steps that fall due by time are taken up to it.
create table billing_watermark (
  partition integer primary key check (partition >= 0),
  complete_to timestamptz not null,
  epoch bigint not null
);

-- Accounts of which billing had set work aside when it published its watermark: no data of theirs is deleted.
create table set_aside_at_billing (
  account text primary key,
  partition integer not null check (partition >= 0)
);
create index set_aside_at_billing_partition on set_aside_at_billing (partition);

-- Instances -----------------------------------------------------------------------------------------------------------

-- The products that billing has published: an instance is registered of one of these only.
create table product (
  product text primary key
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
  restrictions text[] not null default '{}',
  account_restrictions text[] not null default '{}',
  legal_hold_reason text,
  backup_days integer check (backup_days >= 0),
  backups_due_at timestamptz,
  primary key (account, instance),
  check (suspend_at is null or debt_due_at is not null),
  check (('ARREARS' = any (holds)) = (arrears_held_at is not null)),
  check ((terminated_at is null) = (termination_clearing is null)),
  check ((deletion_plan is null) = (deletion_due_at is null)),
  check ((deletion_plan is null) = (deletion_planned_at is null)),
  check ((deletion_plan is null) = (first_lead_days is null)),
  check (first_lead_days > last_lead_days and last_lead_days >= 0),
  check (state not in ('RELEASING', 'RELEASED') or (deletion_plan is null and not legal_hold)),
  check (backups_due_at is null or state in ('RELEASING', 'RELEASED')),
  check (legal_hold = (legal_hold_reason is not null))
);
comment on column instance.next_step_at is 'when time alone changes something next';
comment on column instance.backup_days is 'how long the customer wants backups kept after a release; null: the product''s policy';
comment on column instance.backups_due_at is 'when the backups that a release left are to be deleted';
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

-- When instances were suspended: metering counts what they use then apart, and most products charge nothing for it.
create table instance_suspension (
  account text not null,
  instance text not null,
  suspended_at timestamptz not null,
  resumed_at timestamptz check (resumed_at >= suspended_at),
  primary key (account, instance, suspended_at),
  foreign key (account, instance) references instance
);
comment on column instance_suspension.resumed_at is 'null while it lasts, also after a release';

-- Who placed which hold and who lifted it; the arrears hold is not here, it follows the debt. A hold suspends an
-- instance or limits it.
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
  effect text not null check (effect in ('SUSPEND', 'RESTRICT')),
  primary key (account, hold),
  foreign key (account, instance) references instance,
  check ((lifted_by is null) = (lifted_at is null))
);
create unique index hold_in_force on hold (account, instance, cause, effect) nulls not distinct
  where lifted_at is null;

-- Platforms -----------------------------------------------------------------------------------------------------------

create table command (
  number bigint generated always as identity unique,
  account text not null,
  command text not null unique,
  instance text not null,
  platform text not null,
  kind text not null check (kind in
    ('OPEN', 'SUSPEND', 'RESUME', 'RESTRICT', 'UNRESTRICT', 'RELOCATE', 'RELEASE', 'DELETE_BACKUPS')),
  rule text not null,
  wanted_at timestamptz not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'ACKNOWLEDGED', 'SUPERSEDED')),
  delivery integer not null default 1 check (delivery > 0),
  next_delivery_at timestamptz not null,
  acknowledged_at timestamptz,
  posted_delivery integer not null default 0,
  posted_outcome text,
  backups_kept_until timestamptz,
  primary key (account, command),
  foreign key (account, instance) references instance,
  check (state <> 'ACKNOWLEDGED' or acknowledged_at is not null),
  check (posted_delivery between 0 and delivery)
);
comment on column command.posted_delivery is 'the last delivery that was also tried as a webhook';
create index command_due on command (next_delivery_at) where state = 'PENDING';
create index command_by_platform on command (platform, number);
create index command_by_instance on command (account, instance, number);
-- What is to be posted is looked for platform by platform.
create index command_to_post on command (platform, number)
  where state = 'PENDING' and posted_delivery < delivery;

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
