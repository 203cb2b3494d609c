-- What every service with a database needs: its clock, its positions in Kafka, its outbox, and what was set aside.

create table business_clock (
  only_row boolean primary key default true check (only_row),
  mode text not null check (mode in ('SYSTEM', 'TEST')),
  now_at timestamptz not null
);

-- The position of each consumer lives beside its effects: both are committed or neither is.
create table consumer_position (
  consumer text not null,
  topic text not null,
  partition integer not null check (partition >= 0),
  topic_id text not null,
  next_offset bigint not null check (next_offset >= 0),
  primary key (consumer, topic, partition)
);

create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  partition integer,
  record_key bytea,
  payload bytea,
  headers text not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);
comment on column outbox.payload is 'null is a tombstone';
comment on column outbox.created_at is 'machine time, for the age of the oldest row only';

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

create table applied_sequence (
  topic text not null,
  account text not null,
  epoch bigint not null,
  sequence bigint not null,
  primary key (topic, account)
);

create table applied_sequence_gap (
  topic text not null,
  account text not null,
  epoch bigint not null,
  sequence bigint not null,
  primary key (topic, account, epoch, sequence)
);

create table parked_account (
  consumer text not null,
  account text not null,
  cause text not null,
  parked_at timestamptz not null,
  attempts integer not null default 1 check (attempts > 0),
  primary key (consumer, account)
);

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
  unique (consumer, topic, partition, record_offset)
);
