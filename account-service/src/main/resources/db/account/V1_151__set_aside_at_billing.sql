-- Accounts of which billing had set work aside when it published its watermark: no data of theirs is deleted.
create table set_aside_at_billing (
  account text primary key,
  partition integer not null check (partition >= 0)
);
create index set_aside_at_billing_partition on set_aside_at_billing (partition);
