-- The meters that metering has published: a price is accepted only when they emit what its product's cycle needs.
create table meter (
  meter text not null,
  version integer not null check (version > 0),
  unit text not null,
  hourly boolean not null,
  daily boolean not null,
  effective_from timestamptz not null,
  primary key (meter, version),
  check (hourly or daily)
);
