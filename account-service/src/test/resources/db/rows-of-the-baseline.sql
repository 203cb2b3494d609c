-- One row or two of each table: an account in arrears with a suspended instance, and one whose instance is released.

insert into account (account, currency, opened_at, debt_due_at, penalty_owed, partition, owed)
values
  ('owes', 'CNY', '2024-02-29 16:00:00+00', '2024-03-04 16:00:00+00', 0.030000, 1, 30.000000),
  ('paid', 'CNY', '2024-02-29 16:00:00+00', null, 0.000000, 7, 0.000000);

insert into contact (account, version, name, emails, language, marketing_consent)
values
  ('owes', 1, 'Ms Owen', '{owen@example.com}', 'en', false),
  ('paid', 2, null, null, null, null);

insert into product_debt (account, product, due_at, account_wide)
values ('owes', 'disk', '2024-03-04 16:00:00+00', false);

insert into force_majeure (account, declaration, from_at, to_at)
values ('owes', 'fm-1', '2024-03-02 16:00:00+00', '2024-03-03 16:00:00+00');

insert into billing_watermark (partition, complete_to, epoch)
values (1, '2024-03-06 16:00:00+00', 1);

insert into set_aside_at_billing (account, partition)
values ('owes', 1);

insert into product (product)
values ('disk');

insert into instance (account, instance, product, platform, specification, mode, registered_at, state, holds,
  debt_due_at, arrears_held_at, legal_hold, plans, deletion_plan, deletion_planned_at, deletion_due_at,
  first_lead_days, last_lead_days, next_step_at)
values
  ('owes', 'disk-owes', 'disk', 'platform-1', 'small', 'PAY_AS_YOU_GO', '2024-02-29 16:00:00+00', 'SUSPENDED',
   '{ARREARS}', '2024-03-04 16:00:00+00', '2024-03-05 16:00:00+00', false, 1, 1, '2024-03-05 16:00:00+00',
   '2024-03-20 16:00:00+00', 7, 1, '2024-03-12 16:00:00+00');
insert into instance (account, instance, product, platform, specification, mode, registered_at, ended_at, state,
  termination_reason, termination_clearing, termination_rule, terminated_at, backup_days, backups_due_at)
values
  ('paid', 'disk-paid', 'disk', 'platform-1', 'small', 'PAY_AS_YOU_GO', '2024-02-29 16:00:00+00',
   '2024-03-03 16:00:00+00', 'RELEASED', 'released by the customer', 'AT_ONCE', 'C4.1.4', '2024-03-03 16:00:00+00',
   30, '2024-04-02 16:00:00+00');

insert into instance_suspension (account, instance, suspended_at)
values ('owes', 'disk-owes', '2024-03-05 16:00:00+00');

insert into hold (account, instance, cause, reason, placed_by, placed_at, effect)
values ('owes', 'disk-owes', 'BEYOND_SPECIFICATION', 'ten times the load', 'olga', '2024-03-02 16:00:00+00', 'RESTRICT');

insert into command (account, command, instance, platform, kind, rule, wanted_at, next_delivery_at)
values
  ('owes', 'cmd-1', 'disk-owes', 'platform-1', 'SUSPEND', 'C2.3', '2024-03-05 16:00:00+00', '2024-03-05 16:01:00+00');

insert into webhook (platform, url, secret)
values ('platform-1', 'https://platform-1.example/commands', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');

insert into reported_instance (platform, instance, running, reported_at)
values ('platform-1', 'disk-owes', true, '2024-03-06 16:00:00+00');
