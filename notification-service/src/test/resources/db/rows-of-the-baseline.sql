-- One row or two of each table: a gated notice of a price, announced and delivered to one of its two recipients.

insert into account (account_id, opened_at, last_message, read_up_to)
values
  ('reads', '2024-02-29 16:00:00+00', 1, 1),
  ('waits', '2024-02-29 16:00:00+00', 0, 0);

insert into account_instance (account_id, instance_id, product_id, released_at)
values
  ('reads', 'disk-reads', 'disk', null),
  ('waits', 'disk-waits', 'disk', '2024-03-03 16:00:00+00');

insert into contact (account_id, version, name, emails, language, marketing_consent)
values ('reads', 1, 'Mr Reads', '{reads@example.com}', 'en', true);

insert into notice (notice_id, kind, gate_kind, rule, subject, lead_days, asked_effect_at, reaches_new, title_en,
  body_en, title_zh, body_zh, state, published_at, published_by, action, product_ids)
values
  ('notice-1', 'FREE_SERVICE_CHARGEABLE', 'PRICE', 'C2.5', 'disk', 10, '2024-03-31 16:00:00+00', true, 'A price',
   'The disk costs 0.5 a unit from April on.', '价格', '云硬盘自四月起每单位 0.5 元。', 'PUBLISHED',
   '2024-03-01 02:00:00+00', 'olga', '{"kind": "PRICE", "product": "disk"}', '{disk}');

insert into announcement (notice_id, published_at, published_by)
values ('notice-1', '2024-03-01 02:00:00+00', 'olga');

insert into notice_recipient (notice_id, account_id, delivered_at)
values
  ('notice-1', 'reads', '2024-03-01 02:00:00+00'),
  ('notice-1', 'waits', null);

insert into message (account_id, number, notice_id, delivered_at, read_at, answer, answered_at)
values
  ('reads', 1, 'notice-1', '2024-03-01 02:00:00+00', '2024-03-01 03:00:00+00', 'ACCEPT', '2024-03-01 03:00:00+00');

insert into email_delivery (account_id, notice_id, address, delivery_id, language, message_id, state, attempts,
  next_attempt_at, sent_at)
values
  ('reads', 'notice-1', 'reads@example.com', 'delivery-1', 'en', '<delivery-1@tollgate.example>', 'SENT', 1,
   '2024-03-01 02:00:00+00', '2024-03-01 02:00:01+00'),
  ('waits', 'notice-1', 'waits@example.com', 'delivery-2', 'zh', '<delivery-2@tollgate.example>', 'SUPPRESSED', 0,
   '2024-03-01 02:00:00+00', null);
