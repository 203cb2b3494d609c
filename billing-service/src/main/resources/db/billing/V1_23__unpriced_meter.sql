-- Meters whose usage was billed at nothing because the price version in force does not name them.
create table unpriced_meter (
  product_id text not null,
  version integer not null,
  meter text not null,
  lines bigint not null check (lines > 0),
  primary key (product_id, version, meter)
);
comment on column unpriced_meter.lines is 'charge lines of nothing that say so, rated again or not';
