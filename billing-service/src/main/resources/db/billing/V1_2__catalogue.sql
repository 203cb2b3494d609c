-- What is sold and for how much. Rows are only ever added: a bill names the version it was rated with, for ever.

create table product (
  product_id               text primary key,
  product_number           bigint generated always as identity unique,
  name                     text not null check (length(name) between 1 and 200),
  cycle                    text not null check (cycle in ('HOUR', 'DAY', 'MONTH')),
  payment_term             text not null,
  retained_storage_charged boolean not null,
  author                   text not null,
  created_at               timestamptz not null
);
comment on column product.product_number is 'given under a lock: the highest one means the newest commit';
comment on column product.payment_term is 'ISO 8601 duration from booking a bill to its due_at';
create trigger product_append_only before update or delete or truncate on product
  for each statement execute function refuse_change();

create table price_version (
  product_id     text not null references product,
  version        int not null check (version > 0),
  price_number   bigint generated always as identity unique,
  effective_from timestamptz not null,
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  notice_id      text,
  body           jsonb not null,
  author         text not null,
  created_at     timestamptz not null,
  primary key (product_id, version),
  unique (product_id, effective_from)
);
comment on column price_version.notice_id is 'the notice whose gate allowed a free service to become chargeable';
create trigger price_version_append_only before update or delete or truncate on price_version
  for each statement execute function refuse_change();
