-- Holds that limit an instance instead of suspending it, legal holds with their reason, and backups
-- that outlive a release.
alter table hold add column effect text not null default 'SUSPEND' check (effect in ('SUSPEND', 'RESTRICT'));
alter table hold alter column effect drop default;
drop index hold_in_force;
create unique index hold_in_force on hold (account, instance, cause, effect) nulls not distinct
  where lifted_at is null;

alter table instance add column restrictions text[] not null default '{}';
alter table instance add column account_restrictions text[] not null default '{}';
alter table instance add column legal_hold_reason text;
alter table instance add column backup_days integer check (backup_days >= 0);
alter table instance add column backups_due_at timestamptz
  check (backups_due_at is null or state in ('RELEASING', 'RELEASED'));
update instance set legal_hold_reason = 'decided by an operator' where legal_hold;
alter table instance add check (legal_hold = (legal_hold_reason is not null));
comment on column instance.backup_days is 'how long the customer wants backups kept after a release; null: the product''s policy';
comment on column instance.backups_due_at is 'when the backups that a release left are to be deleted';

alter table command drop constraint command_kind_check;
alter table command add check (kind in
  ('OPEN', 'SUSPEND', 'RESUME', 'RESTRICT', 'UNRESTRICT', 'RELOCATE', 'RELEASE', 'DELETE_BACKUPS'));
alter table command add column backups_kept_until timestamptz;
