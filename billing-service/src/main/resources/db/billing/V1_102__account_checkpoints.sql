-- How accounts stood after parts of their history: a recomputation begins at the latest that it does not change.
-- Copies of what the movements say; without them a recomputation begins at the beginning.
create table account_checkpoint (
  account_id text not null references account,
  sequence bigint not null check (sequence > 0),
  value_time timestamptz not null,
  accrued_to timestamptz not null,
  funds numeric(26, 6) not null check (funds >= 0),
  credit_limit numeric(26, 6) not null check (credit_limit >= 0),
  primary key (account_id, sequence)
);
comment on column account_checkpoint.sequence is 'contains the movements up to this one in the order of booking';
comment on column account_checkpoint.value_time is 'when the latest of them counts';
comment on column account_checkpoint.accrued_to is 'days that ended by then have their penalty';
create table checkpoint_pot (
  account_id text not null,
  sequence bigint not null,
  sub_account text not null check (sub_account in ('CREDIT', 'PRINCIPAL', 'PENALTY')),
  bill_id text not null,
  since timestamptz not null,
  amount numeric(26, 6) not null check (amount < 0),
  primary key (account_id, sequence, sub_account, bill_id, since),
  foreign key (account_id, sequence) references account_checkpoint on delete cascade
);
comment on column checkpoint_pot.since is 'when credit was drawn, or what is unpaid fell due';
comment on column checkpoint_pot.amount is 'in the customer''s favour';
