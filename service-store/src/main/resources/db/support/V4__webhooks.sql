-- Webhooks: keys that can be exchanged, retries, a delivery log and replay.

create table webhook_endpoint (
  owner text primary key,
  url text not null,
  secret text,
  previous_secret text,
  previous_secret_until timestamptz,
  private_key text,
  public_key text,
  previous_private_key text,
  previous_key_until timestamptz,
  paused_until timestamptz,
  disabled_at timestamptz,
  check (secret is not null or private_key is not null),
  check ((private_key is null) = (public_key is null)),
  check ((previous_secret is null) = (previous_secret_until is null)),
  check ((previous_private_key is null) = (previous_key_until is null))
);
comment on column webhook_endpoint.owner is 'a platform or an account';
comment on column webhook_endpoint.previous_secret is 'signs too until previous_secret_until';
comment on column webhook_endpoint.previous_private_key is 'signs too until previous_key_until';
comment on column webhook_endpoint.private_key is 'Ed25519, PKCS #8 in base64';

create table webhook_delivery (
  delivery bigint generated always as identity primary key,
  owner text not null,
  account text not null,
  message text not null,
  type text not null,
  body text not null,
  retried boolean not null,
  queued_at timestamptz not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null,
  unique (owner, message)
);
comment on column webhook_delivery.retried is 'whether it is posted again after a failure; else its sender queues it again';
comment on column webhook_delivery.attempts is 'since it was queued or replayed';
create index webhook_delivery_due on webhook_delivery (owner, delivery) where state = 'PENDING';
create index webhook_delivery_of_owner on webhook_delivery (owner, delivery);
create index webhook_delivery_settled on webhook_delivery (next_attempt_at) where state <> 'PENDING';

create table webhook_attempt (
  delivery bigint not null references webhook_delivery on delete cascade,
  number integer not null check (number > 0),
  at timestamptz not null,
  status integer,
  outcome text not null,
  primary key (delivery, number)
);
