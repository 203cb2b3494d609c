-- A price version that has not started can be withdrawn. It stays, and its number is not used again;
-- another version may take its start.
create table price_withdrawal (
  product_id        text not null,
  version           int not null,
  withdrawal_number bigint generated always as identity unique,
  author            text not null,
  reason            text not null,
  withdrawn_at      timestamptz not null,
  primary key (product_id, version),
  foreign key (product_id, version) references price_version
);
create trigger price_withdrawal_append_only before update or delete or truncate on price_withdrawal
  for each statement execute function refuse_change();
alter table price_version drop constraint price_version_product_id_effective_from_key;

-- Accounts that are still to be told of a price version that was added or withdrawn.
create table price_news (
  account_id     text not null,
  product_id     text not null,
  version        int not null,
  change         text not null check (change in ('ADDED', 'WITHDRAWN')),
  effective_from timestamptz not null,
  at             timestamptz not null,
  rule           text not null,
  primary key (account_id, product_id, version, change)
);
