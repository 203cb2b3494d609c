-- Work that one account's data makes fail: passed over, so that the others' goes on, until its cause is mended.
create table set_aside (
  account_id text not null default '',
  work text not null,
  subject text not null default '',
  reason text not null,
  since timestamptz not null,
  tries integer not null default 1 check (tries > 0),
  try_now boolean not null default false,
  next_try_at timestamptz not null,
  primary key (account_id, work, subject)
);
comment on column set_aside.account_id is 'empty where the work belongs to no account';
comment on column set_aside.subject is 'what of the account, in the words of the work; empty is all of it';
comment on column set_aside.since is 'business time';
comment on column set_aside.try_now is 'something changed that may have mended it';
comment on column set_aside.next_try_at is 'machine time: it is also tried without a change, less and less often';
create index set_aside_by_work on set_aside (work);

-- Parked accounts are tried again in the same way.
alter table parked_account add column next_try_at timestamptz not null
  default clock_timestamp() + interval '1 minute';
comment on column parked_account.next_try_at is 'machine time';
