-- Books of the first release, written by a running service: bills with a term, one more for late usage, one corrected, a
-- penalty, a recharge and its reversal. Of what that service had nothing of, a row each was added that moves no money.
-- Tables in the order of their names.

insert into account (account_id, partition, currency, funds, credit_limit, accrued_to, penalty_due_at,
  last_movement_at, next_sequence, arrears_bill_id, arrears_due_at, next_due_at, low_balance_threshold,
  low_balance_told, opened_at, debt_told_at, low_balance_due_at, low_balance_forecast_days, low_balance_forecast_told)
values
  ('up-12', 1, 'CNY', 0.000000, 0.000000, '2024-03-07 02:00:00+00', '2024-03-07 16:00:00+00', '2024-03-01 16:00:00+00', 2, 'bill-a07e05e999c25691ca37b398', '2024-03-04 16:00:00+00', null, null, false, '2024-02-29 16:00:00+00', '2024-03-04 16:00:00+00', null, null, false),
  ('up-7', 7, 'CNY', 0.000000, 0.000000, '2024-03-07 04:00:00+00', '2024-03-08 16:00:00+00', '2024-03-07 04:00:00+00', 6, 'adj-c974a8f91e99acdb0e0d80bc', '2024-03-07 04:00:00+00', null, null, false, '2024-02-29 16:00:00+00', '2024-03-07 04:00:00+00', null, null, false);

insert into account_checkpoint (account_id, sequence, value_time, accrued_to, funds, credit_limit)
values
  ('up-7', 2, '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00', 0.000000, 0.000000);

insert into adjustment (account_id, adjustment_id, kind, amount, currency, rule, reason, takes_back, needs_approval,
  state, requested_by, requested_at, decided_by, decided_at, rejection, booked_at)
values
  ('up-7', 'goodwill-1', 'CREDIT', 2000.000000, 'CNY', 'C2.3', 'an outage', null, true, 'PENDING', 'olga', '2024-03-06 16:00:00+00', null, null, null, null);

insert into audit_entry (audit_entry_id, account_id, at, who, subject_kind, subject_id, what, rule, reason,
  by_operator)
overriding system value
values
  (1, null, '2024-02-29 16:00:00+00', 'olga', 'product', 'disk', 'product added', 'C2.1', 'entered into the catalogue', true),
  (2, null, '2024-02-29 16:00:00+00', 'olga', 'price-version', 'disk/1', 'price version added, in force from 2019-12-31T16:00:00Z', 'C2.1', 'entered into the catalogue', true),
  (3, 'up-7', '2024-02-29 16:00:00+00', 'olga', 'recharge', 'rch-d346171b-23bb-366b-8509-6a98131d4c38', 'received 10.000000 CNY', 'C2.2', '', true),
  (4, 'up-7', '2024-03-07 04:00:00+00', 'olga', 'recharge', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730', 'received 30.000000 CNY', 'C2.2', '', true),
  (5, 'up-7', '2024-03-07 04:00:00+00', 'olga', 'recharge', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730', 'reversed', 'C2.2', 'back-1', true);

insert into bill (account_id, bill_id, kind, product_id, cycle, period_start, period_end, amount, corrected, due_at,
  booked_at, adjusts, rule)
values
  ('up-7', 'bill-dbfb4c900eb1d59b277a7b5e', 'CYCLE', 'disk', 'DAY', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 30.000000, 0.000000, '2024-03-04 16:00:00+00', '2024-03-01 16:00:00+00', null, 'C2.3.2'),
  ('up-7', 'adj-c974a8f91e99acdb0e0d80bc', 'ADJUSTMENT', 'disk', 'DAY', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 10.000000, 0.000000, '2024-03-10 02:00:00+00', '2024-03-07 02:00:00+00', 'bill-dbfb4c900eb1d59b277a7b5e', 'C2.3.2'),
  ('up-12', 'bill-a07e05e999c25691ca37b398', 'CYCLE', 'disk', 'DAY', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 4.000000, -1.000000, '2024-03-04 16:00:00+00', '2024-03-01 16:00:00+00', null, 'C2.3.2'),
  ('up-12', 'adj-639449d19023d4aadcd12f10', 'CORRECTION', 'disk', 'DAY', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', -1.000000, 0.000000, '2024-03-10 02:00:00+00', '2024-03-07 02:00:00+00', 'bill-a07e05e999c25691ca37b398', 'C2.3.2');

insert into billing_cycle (account_id, product_id, cycle_start, cycle_end, month_start, output_partition, granularity,
  billed, touched_at, windows)
values
  ('up-12', 'disk', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', '2024-02-29 16:00:00+00', 1, 'DAY', true, '2024-03-07 02:00:00+00', 0),
  ('up-7', 'disk', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', '2024-02-29 16:00:00+00', 7, 'DAY', true, '2024-03-07 02:00:00+00', 0);

insert into business_clock (only_row, mode, now_at)
values
  (true, 'TEST', '2024-03-07 04:00:00+00');

insert into charge_line (account_id, bill_id, line_no, product_id, cycle_start, kind, instance_id, meter, dimensions,
  window_start, window_end, revision, quantity, amount, rated)
values
  ('up-7', 'bill-dbfb4c900eb1d59b277a7b5e', 1, 'disk', '2024-02-29 16:00:00+00', 'USAGE', 'disk-up-7', 'units', '{}', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 1, 60, 30.000000, '{"legs": [{"kind": "PRICE_TIER", "amount": 30.0, "quantity": 60, "unitPrice": 0.5}], "amount": {"amount": "30.000000", "currency": "CNY"}, "counterAfter": {"units": 60, "amount": 30.0, "freeUnits": 0}, "priceVersion": 1, "counterBefore": {"units": 0, "amount": 0, "freeUnits": 0}}'),
  ('up-12', 'bill-a07e05e999c25691ca37b398', 1, 'disk', '2024-02-29 16:00:00+00', 'USAGE', 'disk-up-12', 'units', '{}', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 1, 8, 4.000000, '{"legs": [{"kind": "PRICE_TIER", "amount": 4.0, "quantity": 8, "unitPrice": 0.5}], "amount": {"amount": "4.000000", "currency": "CNY"}, "counterAfter": {"units": 8, "amount": 4.0, "freeUnits": 0}, "priceVersion": 1, "counterBefore": {"units": 0, "amount": 0, "freeUnits": 0}}'),
  ('up-7', 'adj-c974a8f91e99acdb0e0d80bc', 1, 'disk', '2024-02-29 16:00:00+00', 'USAGE', 'disk-up-7', 'units', '{}', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 2, 80, 10.000000, '{"legs": [{"kind": "PRICE_TIER", "amount": 40.0, "quantity": 80, "unitPrice": 0.5}], "amount": {"amount": "40.000000", "currency": "CNY"}, "counterAfter": {"units": 80, "amount": 40.0, "freeUnits": 0}, "priceVersion": 1, "counterBefore": {"units": 0, "amount": 0, "freeUnits": 0}}'),
  ('up-12', 'adj-639449d19023d4aadcd12f10', 1, 'disk', '2024-02-29 16:00:00+00', 'USAGE', 'disk-up-12', 'units', '{}', '2024-02-29 16:00:00+00', '2024-03-01 16:00:00+00', 2, 6, -1.000000, '{"legs": [{"kind": "PRICE_TIER", "amount": 3.0, "quantity": 6, "unitPrice": 0.5}], "amount": {"amount": "3.000000", "currency": "CNY"}, "counterAfter": {"units": 6, "amount": 3.0, "freeUnits": 0}, "priceVersion": 1, "counterBefore": {"units": 0, "amount": 0, "freeUnits": 0}}');

insert into checkpoint_pot (account_id, sequence, sub_account, reference, since, amount)
values
  ('up-7', 2, 'PRINCIPAL', 'bill-dbfb4c900eb1d59b277a7b5e', '2024-03-04 16:00:00+00', -20.000000);

insert into force_majeure (declaration_id, from_at, to_at, of_all, reason, declared_by, declared_at, ended_by, ended_at,
  queued_after)
values
  ('flood-1', '2024-02-01 16:00:00+00', '2024-02-02 16:00:00+00', false, 'a flood', 'olga', '2024-03-06 16:00:00+00', null, null, null);

insert into force_majeure_account (declaration_id, account_id)
values
  ('flood-1', 'up-7');

insert into force_majeure_pending (declaration_id, account_id)
values
  ('flood-1', 'up-7');

insert into idempotency_key (subject, key, request_hash, status, body)
values
  ('olga', '5df5e152-6d90-4499-9f37-71b5b30101c9', 'e065fdd30dc1d29945607604da8f86bb2b9fe4c7d1c4ffd4869dbd8ae598d051', 201, '{"recharge":"rch-d346171b-23bb-366b-8509-6a98131d4c38","account":"up-7","channel":"ALIPAY","transaction":"up-7-1","amount":{"amount":"10.000000","currency":"CNY"},"paidAt":"2024-02-29T16:00:00Z","state":"BOOKED","valueTime":"2024-02-29T16:00:00Z","bookedAt":"2024-02-29T16:00:00Z","allocation":{"toPrincipal":{"amount":"0.000000","currency":"CNY"},"toPenalty":{"amount":"0.000000","currency":"CNY"},"toCredit":{"amount":"0.000000","currency":"CNY"},"toFunds":{"amount":"10.000000","currency":"CNY"}}}'),
  ('olga', '5d0332c9-93d7-4a27-8bf0-380715474da3', 'f27202fe78f2df3373dd98c5fe13c4c3bc108e60e1a74c3ab3587bfc3367d900', 201, '{"recharge":"rch-552ac731-9b1d-3f72-90a2-9c634aaad730","account":"up-7","channel":"ONLINE_BANKING","transaction":"up-7-2","amount":{"amount":"30.000000","currency":"CNY"},"paidAt":"2024-03-05T04:00:00Z","state":"BOOKED","valueTime":"2024-03-05T04:00:00Z","bookedAt":"2024-03-07T04:00:00Z","allocation":{"toPrincipal":{"amount":"20.000000","currency":"CNY"},"toPenalty":{"amount":"0.000000","currency":"CNY"},"toCredit":{"amount":"0.000000","currency":"CNY"},"toFunds":{"amount":"10.000000","currency":"CNY"}}}'),
  ('olga', 'a6686955-2770-41e8-b2a8-b3203725a33c', '42629cd4675ae428b41d792a262f5f4b1f994a26bf37a4f7c3f916dfa1582898', 200, '{"recharge":"rch-552ac731-9b1d-3f72-90a2-9c634aaad730","account":"up-7","channel":"ONLINE_BANKING","transaction":"up-7-2","amount":{"amount":"30.000000","currency":"CNY"},"paidAt":"2024-03-05T04:00:00Z","state":"REVERSED","valueTime":"2024-03-05T04:00:00Z","bookedAt":"2024-03-07T04:00:00Z","allocation":{"toPrincipal":{"amount":"20.000000","currency":"CNY"},"toPenalty":{"amount":"0.000000","currency":"CNY"},"toCredit":{"amount":"0.000000","currency":"CNY"},"toFunds":{"amount":"10.000000","currency":"CNY"}}}');

insert into instance (instance_id, account_id, product_id, mode, registered_at, ended_at, recurring_through)
values
  ('gone-up-7', 'up-7', 'disk', 'PAY_AS_YOU_GO', '2024-02-29 16:00:00+00', '2024-03-01 12:00:00+00', '2024-03-01 16:00:00+00');

insert into late_usage (account_id, product_id, month_start, aggregation_partition, output_partition, granularity, tick,
  generation)
values
  ('up-7', 'disk', '2024-02-29 16:00:00+00', -1, 7, 'DAY', '2024-03-07 02:00:00+00', '');

insert into meter (meter, version, unit, hourly, daily, effective_from)
values
  ('units', 1, 'unit', true, true, '2019-12-31 16:00:00+00');

insert into month_counters (account_id, product_id, month_start, counters, counted_to)
values
  ('up-12', 'disk', '2024-02-29 16:00:00+00', '[["disk-up-12", "units", 0, 6, 3.0]]', '2024-02-29 16:00:00+00'),
  ('up-7', 'disk', '2024-02-29 16:00:00+00', '[["disk-up-7", "units", 0, 80, 40.0]]', '2024-02-29 16:00:00+00');

insert into movement (account_id, sequence, kind, value_time, booked_at, amount, bill_id, due_at, rule, allocation,
  cause_kind, cause_id)
values
  ('up-7', 2, 'CHARGE', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00', 30.000000, 'bill-dbfb4c900eb1d59b277a7b5e', '2024-03-04 16:00:00+00', 'C2.3.2', null, 'BILL', 'bill-dbfb4c900eb1d59b277a7b5e'),
  ('up-12', 1, 'CHARGE', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00', 4.000000, 'bill-a07e05e999c25691ca37b398', '2024-03-04 16:00:00+00', 'C2.3.2', null, 'BILL', 'bill-a07e05e999c25691ca37b398'),
  ('up-7', 3, 'CHARGE', '2024-03-07 02:00:00+00', '2024-03-07 02:00:00+00', 10.000000, 'adj-c974a8f91e99acdb0e0d80bc', '2024-03-10 02:00:00+00', 'C2.3.2', null, 'BILL', 'adj-c974a8f91e99acdb0e0d80bc'),
  ('up-7', 5, 'REVERSAL', '2024-03-07 04:00:00+00', '2024-03-07 04:00:00+00', 30.000000, null, null, 'C2.2', null, 'ONLINE_BANKING_REVERSAL', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730'),
  ('up-7', 1, 'RECEIPT', '2024-02-29 16:00:00+00', '2024-02-29 16:00:00+00', 10.000000, null, null, 'C2.2', 'PRINCIPAL_FIRST', 'ALIPAY_RECHARGE', 'rch-d346171b-23bb-366b-8509-6a98131d4c38'),
  ('up-7', 4, 'RECEIPT', '2024-03-05 04:00:00+00', '2024-03-07 04:00:00+00', 30.000000, null, null, 'C2.2', 'PRINCIPAL_FIRST', 'ONLINE_BANKING_RECHARGE', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730');

insert into open_pot (account_id, sub_account, reference, since, amount)
values
  ('up-12', 'PRINCIPAL', 'bill-a07e05e999c25691ca37b398', '2024-03-04 16:00:00+00', -3.000000),
  ('up-7', 'PRINCIPAL', 'adj-c974a8f91e99acdb0e0d80bc', '2024-03-07 04:00:00+00', -10.000000),
  ('up-7', 'PRINCIPAL', 'bill-dbfb4c900eb1d59b277a7b5e', '2024-03-07 04:00:00+00', -20.000000),
  ('up-12', 'PENALTY', 'bill-a07e05e999c25691ca37b398', '2024-03-04 16:00:00+00', -0.003000);

insert into outbox_published (topic, events)
values
  ('billing.events', 13);

insert into outbox_sequence (topic, account, sequence)
values
  ('billing.events', 'up-12', 4),
  ('billing.events', 'up-7', 9);

insert into payee_account (payee, account_id, agreement, assigned_by, assigned_at)
values
  ('6222-up-7', 'up-7', 'agreement of March', 'olga', '2024-03-06 16:00:00+00');

insert into penalty_day (account_id, bill_id, day, principal, amount)
values
  ('up-12', 'bill-a07e05e999c25691ca37b398', '2024-03-06', 3.000000, 0.003000);

insert into posting (posting_id, account_id, sub_account, bill_id, contra, amount, currency, value_time, booked_at,
  rule, reason, cause_kind, cause_id)
overriding system value
values
  (1, 'up-7', 'FUNDS', null, 'ALIPAY', 10.000000, 'CNY', '2024-02-29 16:00:00+00', '2024-02-29 16:00:00+00', 'C2.2', '', 'ALIPAY_RECHARGE', 'rch-d346171b-23bb-366b-8509-6a98131d4c38'),
  (2, 'up-7', 'FUNDS', 'bill-dbfb4c900eb1d59b277a7b5e', 'REVENUE', -10.000000, 'CNY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00', 'C2.3.2', '', 'BILL', 'bill-dbfb4c900eb1d59b277a7b5e'),
  (3, 'up-7', 'PRINCIPAL', 'bill-dbfb4c900eb1d59b277a7b5e', 'REVENUE', -20.000000, 'CNY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00', 'C2.3.2', '', 'BILL', 'bill-dbfb4c900eb1d59b277a7b5e'),
  (4, 'up-12', 'PRINCIPAL', 'bill-a07e05e999c25691ca37b398', 'REVENUE', -4.000000, 'CNY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00', 'C2.3.2', '', 'BILL', 'bill-a07e05e999c25691ca37b398'),
  (5, 'up-7', 'PENALTY', 'bill-dbfb4c900eb1d59b277a7b5e', 'PENALTY_INCOME', -0.020000, 'CNY', '2024-03-06 16:00:00+00', '2024-03-06 16:00:00+00', 'C2.3', '', 'PENALTY_DAY', 'bill-dbfb4c900eb1d59b277a7b5e:2024-03-06'),
  (6, 'up-12', 'PENALTY', 'bill-a07e05e999c25691ca37b398', 'PENALTY_INCOME', -0.004000, 'CNY', '2024-03-06 16:00:00+00', '2024-03-06 16:00:00+00', 'C2.3', '', 'PENALTY_DAY', 'bill-a07e05e999c25691ca37b398:2024-03-06'),
  (7, 'up-7', 'PRINCIPAL', 'adj-c974a8f91e99acdb0e0d80bc', 'REVENUE', -10.000000, 'CNY', '2024-03-07 02:00:00+00', '2024-03-07 02:00:00+00', 'C2.3.2', '', 'BILL', 'adj-c974a8f91e99acdb0e0d80bc'),
  (8, 'up-12', 'PRINCIPAL', 'bill-a07e05e999c25691ca37b398', 'REVENUE', 1.000000, 'CNY', '2024-03-01 16:00:00+00', '2024-03-07 02:00:00+00', 'C2.3', 'usage was corrected', 'BILL', 'bill-a07e05e999c25691ca37b398'),
  (9, 'up-12', 'PENALTY', 'bill-a07e05e999c25691ca37b398', 'PENALTY_INCOME', 0.001000, 'CNY', '2024-03-07 02:00:00+00', '2024-03-07 02:00:00+00', 'C2.3', 'usage was corrected', 'PENALTY_DAY', 'bill-a07e05e999c25691ca37b398:2024-03-06'),
  (10, 'up-7', 'PRINCIPAL', 'bill-dbfb4c900eb1d59b277a7b5e', 'ONLINE_BANKING', 20.000000, 'CNY', '2024-03-05 04:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 counts from 2024-03-05T04:00:00Z', 'ONLINE_BANKING_RECHARGE', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730'),
  (11, 'up-7', 'FUNDS', null, 'ONLINE_BANKING', 10.000000, 'CNY', '2024-03-05 04:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 counts from 2024-03-05T04:00:00Z', 'ONLINE_BANKING_RECHARGE', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730'),
  (12, 'up-7', 'FUNDS', 'adj-c974a8f91e99acdb0e0d80bc', 'REVENUE', -10.000000, 'CNY', '2024-03-07 02:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 counts from 2024-03-05T04:00:00Z', 'BILL', 'adj-c974a8f91e99acdb0e0d80bc'),
  (13, 'up-7', 'PRINCIPAL', 'adj-c974a8f91e99acdb0e0d80bc', 'REVENUE', 10.000000, 'CNY', '2024-03-07 02:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 counts from 2024-03-05T04:00:00Z', 'BILL', 'adj-c974a8f91e99acdb0e0d80bc'),
  (14, 'up-7', 'PENALTY', 'bill-dbfb4c900eb1d59b277a7b5e', 'PENALTY_INCOME', 0.020000, 'CNY', '2024-03-07 04:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 counts from 2024-03-05T04:00:00Z', 'PENALTY_DAY', 'bill-dbfb4c900eb1d59b277a7b5e:2024-03-06'),
  (15, 'up-7', 'PRINCIPAL', 'adj-c974a8f91e99acdb0e0d80bc', 'ONLINE_BANKING', -10.000000, 'CNY', '2024-03-07 04:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 was taken back', 'ONLINE_BANKING_REVERSAL', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730'),
  (16, 'up-7', 'PRINCIPAL', 'bill-dbfb4c900eb1d59b277a7b5e', 'ONLINE_BANKING', -20.000000, 'CNY', '2024-03-07 04:00:00+00', '2024-03-07 04:00:00+00', 'C2.3', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730 was taken back', 'ONLINE_BANKING_REVERSAL', 'rch-552ac731-9b1d-3f72-90a2-9c634aaad730');

insert into price_news (account_id, product_id, version, change, effective_from, at, rule)
values
  ('up-7', 'disk', 2, 'WITHDRAWN', '2024-04-30 16:00:00+00', '2024-03-06 16:00:00+00', 'C2.5');

insert into price_version (product_id, version, price_number, effective_from, currency, notice_id, body, author,
  created_at)
overriding system value
values
  ('disk', 1, 1, '2019-12-31 16:00:00+00', 'CNY', null, '{"meters": [{"meter": "units", "model": {"kind": "PER_UNIT", "unitPrice": "0.5"}, "scope": "CYCLE", "freeAllowance": "0", "freeAllowanceScope": "CYCLE"}], "currency": "CNY", "countedPer": "INSTANCE", "effectiveFrom": "2019-12-31T16:00:00Z"}', 'olga', '2024-02-29 16:00:00+00'),
  ('disk', 2, 2, '2024-04-30 16:00:00+00', 'CNY', null, '{"meters": [{"meter": "units", "model": {"kind": "PER_UNIT", "unitPrice": "5"}, "scope": "CYCLE", "freeAllowance": "0", "freeAllowanceScope": "CYCLE"}], "currency": "CNY", "countedPer": "INSTANCE", "effectiveFrom": "2024-04-30T16:00:00Z"}', 'olga', '2024-03-06 15:00:00+00');

insert into price_withdrawal (product_id, version, withdrawal_number, author, reason, withdrawn_at)
overriding system value
values
  ('disk', 2, 1, 'olga', 'mistyped', '2024-03-06 16:00:00+00');

insert into product (product_id, product_number, name, cycle, payment_term, retained_storage_charged, author,
  created_at)
overriding system value
values
  ('disk', 1, 'disk', 'DAY', 'PT72H', false, 'olga', '2024-02-29 16:00:00+00');

insert into recharge (recharge_id, account_id, channel, transaction_no, amount, currency, paid_at, payee, state,
  received_at, value_time, booked_at, reversal_no, reversed_at, rejected_at, rejection, entered_for)
values
  ('rch-d346171b-23bb-366b-8509-6a98131d4c38', 'up-7', 'ALIPAY', 'up-7-1', 10.000000, 'CNY', '2024-02-29 16:00:00+00', null, 'BOOKED', '2024-02-29 16:00:00+00', '2024-02-29 16:00:00+00', '2024-02-29 16:00:00+00', null, null, null, null, null),
  ('rch-552ac731-9b1d-3f72-90a2-9c634aaad730', 'up-7', 'ONLINE_BANKING', 'up-7-2', 30.000000, 'CNY', '2024-03-05 04:00:00+00', null, 'REVERSED', '2024-03-07 04:00:00+00', '2024-03-05 04:00:00+00', '2024-03-07 04:00:00+00', 'back-1', '2024-03-07 04:00:00+00', null, null, null);

insert into state_to_tell (topic, record_key)
values
  ('prices', 'disk');

insert into suspension (account_id, instance_id, suspended_at, resumed_at)
values
  ('up-7', 'gone-up-7', '2024-03-01 04:00:00+00', '2024-03-01 08:00:00+00');

insert into told_arrears (account_id, product_id, bill_id, due_at)
values
  ('up-12', 'disk', 'bill-a07e05e999c25691ca37b398', '2024-03-04 16:00:00+00'),
  ('up-7', 'disk', 'adj-c974a8f91e99acdb0e0d80bc', '2024-03-07 04:00:00+00');

insert into told_watermark (partition, complete_to, epoch)
values
  (7, '2024-03-07 04:00:00+00', 1);

insert into unpriced_meter (product_id, version, meter)
values
  ('disk', 1, 'requests');

insert into unpriced_usage (account_id, product_id, output_partition)
values
  ('up-7', 'unknown', 7);

insert into usage_marker (generation, granularity, aggregation_partition, output_partition, sequence, closed_up_to,
  tick, records_seen, events_seen, stopped)
values
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 2, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 3, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 4, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 5, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 2, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 3, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 4, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 0, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 0, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 1, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 6, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 5, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 6, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null),
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 7, 7, 2, '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00', 0, 0, null);

insert into usage_marker_advance (generation, granularity, aggregation_partition, output_partition, closed_up_to, tick)
values
  ('test-e823fa91-e321-4172-88be-0b7d31886cf7', 'DAY', 1, 7, '2024-03-07 16:00:00+00', '2024-03-07 18:00:00+00');

insert into usage_watermark (output_partition, granularity, closed_up_to, tick)
values
  (0, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (1, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (2, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (3, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (4, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (5, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (6, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (7, 'DAY', '2024-03-01 16:00:00+00', '2024-03-01 16:00:00+00'),
  (0, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (1, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (2, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (3, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (4, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (5, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (6, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00'),
  (7, 'DAY', '2024-03-06 16:00:00+00', '2024-03-07 02:00:00+00');

insert into usage_window (account_id, product_id, window_start, granularity, instance_id, meter, dimensions,
  window_end, unit, quantity, event_count, revision, tick)
values
  ('up-12', 'disk', '2024-02-29 16:00:00+00', 'DAY', 'disk-up-12', 'units', '{}', '2024-03-01 16:00:00+00', 'unit', 6, 1, 2, '2024-03-07 02:00:00+00'),
  ('up-7', 'disk', '2024-02-29 16:00:00+00', 'DAY', 'disk-up-7', 'units', '{}', '2024-03-01 16:00:00+00', 'unit', 80, 1, 2, '2024-03-07 02:00:00+00');

-- What is numbered goes on after these rows.
select setval(pg_get_serial_sequence('audit_entry', 'audit_entry_id'), 5);
select setval(pg_get_serial_sequence('posting', 'posting_id'), 16);
select setval(pg_get_serial_sequence('product', 'product_number'), 1);
select setval(pg_get_serial_sequence('price_version', 'price_number'), 2);
select setval(pg_get_serial_sequence('price_withdrawal', 'withdrawal_number'), 1);
