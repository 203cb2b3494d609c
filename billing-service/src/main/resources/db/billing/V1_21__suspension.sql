-- When instances were suspended: where the product does not charge it, nothing arises from then to the resumption.
create table suspension (
  account_id text not null,
  instance_id text not null,
  suspended_at timestamptz not null,
  resumed_at timestamptz check (resumed_at >= suspended_at),
  primary key (account_id, instance_id, suspended_at)
);
comment on column suspension.resumed_at is 'null while it lasts; for ever when the instance is released without having been resumed';
