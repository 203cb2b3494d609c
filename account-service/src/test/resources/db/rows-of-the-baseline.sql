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

-- The tables that every service has.

insert into business_clock (only_row, mode, now_at)
values (true, 'TEST', '2024-03-07 04:00:00+00');

insert into consumer_position (consumer, topic, partition, topic_id, next_offset)
values ('billing-events', 'billing.events', 1, 'mIeJ1aZFQ0Wm8cQw7y0c9g', 12);

insert into applied_sequence (topic, account, epoch, sequence)
values ('billing.events', 'owes', 1, 4);

insert into applied_sequence_gap (topic, account, epoch, sequence)
values ('billing.events', 'owes', 1, 3);

insert into parked_account (consumer, account, cause, parked_at, attempts, next_try_at)
values ('billing-events', 'unheard-of', 'account unheard-of does not exist', '2024-03-06 16:00:00+00', 2, '2024-03-06 16:02:00+00');

insert into parked_record (consumer, account, topic, partition, record_offset, appended_at, record_key, payload)
values ('billing-events', 'unheard-of', 'billing.events', 1, 11, '2024-03-06 16:00:00+00', 'unheard-of', '{}');

insert into dead_letter (consumer, topic, partition, record_offset, record_key, payload, cause, recorded_at, discarded_at,
  discarded_by, discard_reason)
values
  ('billing-events', 'billing.events', 1, 9, null, 'not JSON', 'the record can''t be read', '2024-03-06 16:00:00+00',
   '2024-03-06 17:00:00+00', 'olga', 'sent by a test');

insert into outbox (topic, partition, record_key, payload, created_at, counted)
values ('account.events', null, 'owes', '{}', '2024-03-07 04:00:00+00', true);

insert into outbox_epoch (only_row, epoch, system_identifier, timeline)
values (true, 1, '7445910290561427001', 1);

insert into outbox_sequence (topic, account, sequence)
values ('account.events', 'owes', 5);

insert into outbox_published (topic, events)
values ('account.events', 4);

insert into abandoned_range (topic, partition, first_offset, last_offset, epoch)
values ('billing.events', 1, 5, 6, 2);

insert into state_to_tell (topic, record_key)
values ('contacts', 'owes');

insert into set_aside (account_id, work, subject, reason, since, tries, try_now, next_try_at)
values ('owes', 'arrears', 'disk-owes', 'no plan fits', '2024-03-06 16:00:00+00', 3, false, '2024-03-06 16:04:00+00');

insert into idempotency_key (subject, key, request_hash, status, body)
values ('olga', 'open-owes', 'e065fdd30dc1d29945607604da8f86bb2b9fe4c7d1c4ffd4869dbd8ae598d051', 201, '{"account":"owes"}');

insert into policy_row (name, level, product_id, value, effective_from, author, reason)
values ('arrears.grace', 'SPECIAL_TERMS', null, 'PT24H', '2024-02-29 16:00:00+00', 'olga', 'agreed with the customer');

insert into audit_entry (account_id, at, who, subject_kind, subject_id, what, rule, reason, by_operator)
values ('owes', '2024-03-02 16:00:00+00', 'olga', 'hold', 'disk-owes', 'hold placed', 'C4.2', 'ten times the load', true);

insert into gate (notice_id, lead_days, effect_at, state, action)
values ('notice-1', 30, '2024-04-30 16:00:00+00', 'OPEN', '{"kind": "PRICE", "product": "disk", "version": 2}');

insert into gate_use (notice_id, part, used_at, used_by)
values ('notice-1', '', '2024-04-30 16:00:00+00', 'olga');
