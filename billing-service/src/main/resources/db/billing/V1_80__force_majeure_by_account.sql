-- Force majeure is applied account by account: one that can't be recomputed keeps nobody else waiting.
alter table force_majeure rename column applied_after to queued_after;
alter index force_majeure_unapplied rename to force_majeure_unqueued;
comment on column force_majeure.queued_after is 'accounts up to this one, in their order, are in force_majeure_pending or done; null when all are';
create table force_majeure_pending (
  declaration_id text not null references force_majeure,
  account_id text not null,
  primary key (declaration_id, account_id)
);
comment on table force_majeure_pending is 'accounts that are still to be told of a declaration and recomputed';
