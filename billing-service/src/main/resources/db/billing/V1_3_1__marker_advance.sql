-- What markers said that not all aggregation partitions have said yet: with which tick each step was complete.
create table usage_marker_advance (
  generation text not null,
  granularity text not null,
  p integer not null,
  q integer not null,
  closed_up_to timestamptz not null,
  tick timestamptz not null,
  primary key (generation, granularity, q, p, closed_up_to)
);
