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
