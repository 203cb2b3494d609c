-- What every service with a database needs: its clock, its positions in Kafka, its outbox, what was set aside, and
-- what requests, policies and operators leave behind.

-- The clock -----------------------------------------------------------------------------------------------------------

create table business_clock (
  only_row boolean primary key default true check (only_row),
  mode text not null check (mode in ('SYSTEM', 'TEST')),
  now_at timestamptz not null
);

-- Events in: the position of each consumer lives beside its effects, so that both are committed or neither is ---------

create table consumer_position (
  consumer text not null,
  topic text not null,
  partition integer not null check (partition >= 0),
  topic_id text not null,
  next_offset bigint not null check (next_offset >= 0),
  primary key (consumer, topic, partition)
);

-- An account's number changes with each of its events: updated in place, without a new entry in the index.
create table applied_sequence (
  topic text not null,
  account text not null,
  epoch bigint not null,
  sequence bigint not null,
  primary key (topic, account)
) with (fillfactor = 60);

create table applied_sequence_gap (
  topic text not null,
  account text not null,
  epoch bigint not null,
  sequence bigint not null,
  primary key (topic, account, epoch, sequence)
);

-- Accounts whose records wait, because one of them could not be applied.
create table parked_account (
  consumer text not null,
  account text not null,
  cause text not null,
  parked_at timestamptz not null,
  attempts integer not null default 1 check (attempts > 0),
  next_try_at timestamptz not null default clock_timestamp() + interval '1 minute',
  primary key (consumer, account)
);
comment on column parked_account.next_try_at is 'machine time';

create table parked_record (
  consumer text not null,
  account text not null,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  appended_at timestamptz not null,
  record_key bytea,
  payload bytea,
  primary key (consumer, account, topic, partition, record_offset),
  foreign key (consumer, account) references parked_account
);

-- Records that no account can be blamed for. One that will never be applied is put away, with who decided it and why.
create table dead_letter (
  id bigint generated always as identity primary key,
  consumer text not null,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  record_key bytea,
  payload bytea,
  cause text not null,
  recorded_at timestamptz not null,
  replayed_at timestamptz,
  discarded_at timestamptz,
  discarded_by text,
  discard_reason text,
  unique (consumer, topic, partition, record_offset),
  constraint dead_letter_discarded_once
    check (discarded_at is null or (replayed_at is null and discarded_by is not null and discard_reason is not null))
);

-- Events out ----------------------------------------------------------------------------------------------------------

create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  partition integer,
  record_key bytea,
  payload bytea,
  headers text not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  counted boolean not null default false
);
comment on column outbox.payload is 'null is a tombstone';
comment on column outbox.created_at is 'machine time, for the age of the oldest row only';
comment on column outbox.counted is 'whether outbox_sequence numbers it: then outbox_published counts it when it goes';

-- A restored or promoted database is known by its identifier or timeline and starts a new epoch.
create table outbox_epoch (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null check (epoch > 0),
  system_identifier text not null,
  timeline bigint not null
);

create table outbox_sequence (
  topic text not null,
  account text not null,
  sequence bigint not null check (sequence > 0),
  primary key (topic, account)
);

-- What was told = what is published + what waits: so that a row that vanished from the outbox shows.
create table outbox_published (
  topic text primary key,
  events bigint not null check (events >= 0)
);

-- What a restore left behind in Kafka, which is not restored with the database (docs/adr/0011) ------------------------

-- Records told by the history that the restore ended: readers pass them over.
create table abandoned_range (
  topic text not null,
  partition integer not null check (partition >= 0),
  first_offset bigint not null check (first_offset >= 0),
  last_offset bigint not null,
  epoch bigint not null,
  primary key (topic, partition, first_offset),
  check (last_offset >= first_offset)
);
comment on column abandoned_range.epoch is 'the epoch of its writer that began with the restore';

-- Keys of compacted topics whose newest record is such a one: this service tells their state again.
create table state_to_tell (
  topic text not null,
  record_key text not null,
  primary key (topic, record_key)
);

-- Work that one account's data makes fail: passed over, so that the others' goes on, until its cause is mended --------

create table set_aside (
  account_id text not null default '',
  work text not null,
  subject text not null default '',
  reason text not null,
  since timestamptz not null,
  tries integer not null default 1 check (tries > 0),
  try_now boolean not null default false,
  next_try_at timestamptz not null,
  primary key (account_id, work, subject)
);
comment on column set_aside.account_id is 'empty where the work belongs to no account';
comment on column set_aside.subject is 'what of the account, in the words of the work; empty is all of it';
comment on column set_aside.since is 'business time';
comment on column set_aside.try_now is 'something changed that may have mended it';
comment on column set_aside.next_try_at is 'machine time: it is also tried without a change, less and less often';
create index set_aside_by_work on set_aside (work);

-- Requests: their answers are kept beside their effect for ever -------------------------------------------------------

create table idempotency_key (
  subject text not null,
  key text not null,
  request_hash text not null,
  status int not null,
  body text not null,
  primary key (subject, key)
);

-- Tables whose rows are only ever added -------------------------------------------------------------------------------

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create table policy_row (
  policy_row_id bigint generated always as identity primary key,
  name text not null,
  level text not null,
  product_id text,
  value text not null,
  effective_from timestamptz not null,
  author text not null,
  reason text not null
);
create trigger policy_row_append_only before update or delete or truncate on policy_row
  for each statement execute function refuse_change();

-- Customers are shown that an operator did something, not which employee it was.
create table audit_entry (
  audit_entry_id bigint generated always as identity primary key,
  account_id text,
  at timestamptz not null,
  who text not null,
  subject_kind text not null,
  subject_id text not null,
  what text not null,
  rule text not null,
  reason text not null,
  by_operator boolean not null default false
);
create index audit_entry_by_account on audit_entry (account_id, audit_entry_id);
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();

-- Gated notices as this service has heard of them. A gate belongs to one action -----------------------------------------

create table gate (
  notice_id text primary key,
  lead_days int not null,
  effect_at timestamptz not null,
  state text not null check (state in ('SHUT', 'OPEN', 'WITHDRAWN')),
  action jsonb not null
);
comment on column gate.action is 'what the notice announced; the gate opens nothing else';

-- Each part of an action passes its gate once: an instance of a relocation, else the action itself.
create table gate_use (
  notice_id text not null references gate,
  part text not null,
  used_at timestamptz not null,
  used_by text not null,
  primary key (notice_id, part)
);
comment on column gate_use.part is 'the instance, where an action is carried out one instance at a time; else empty';
create trigger gate_use_append_only before update or delete or truncate on gate_use
  for each statement execute function refuse_change();
