-- What a restore left behind in Kafka, which is not restored with the database (docs/adr/0011).

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
