-- Answers of requests, kept beside their effect for ever.
create table idempotency_key (
  subject      text not null,
  key          text not null,
  request_hash text not null,
  status       int not null,
  body         text not null,
  primary key (subject, key)
);

-- Rows of tables that are only ever added to.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create table policy_row (
  policy_row_id  bigint generated always as identity primary key,
  name           text not null,
  level          text not null,
  product_id     text,
  value          text not null,
  effective_from timestamptz not null,
  author         text not null,
  reason         text not null
);
create trigger policy_row_append_only before update or delete or truncate on policy_row
  for each statement execute function refuse_change();

create table audit_entry (
  audit_entry_id bigint generated always as identity primary key,
  account_id     text,
  at             timestamptz not null,
  who            text not null,
  subject_kind   text not null,
  subject_id     text not null,
  what           text not null,
  rule           text not null,
  reason         text not null
);
create index audit_entry_by_account on audit_entry (account_id, audit_entry_id);
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();

-- Gated notices as this service has heard of them.
create table gate (
  notice_id  text primary key,
  kind       text not null,
  subject    text not null,
  lead_days  int not null,
  effect_at  timestamptz not null,
  state      text not null check (state in ('SHUT', 'OPEN', 'WITHDRAWN'))
);
