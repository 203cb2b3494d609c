-- How far everything is told of the accounts of a partition of billing.events.
create table told_watermark (
  partition integer primary key check (partition >= 0),
  complete_to timestamptz not null,
  epoch bigint not null
);
