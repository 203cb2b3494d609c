-- What the types of the program assert holds for what is stored as well.
alter table movement
  add constraint movement_amount check (kind not in ('RECEIPT', 'REVERSAL') or amount > 0),
  add constraint movement_charge check (case when kind = 'CHARGE'
    then bill_id is not null and due_at is not null and due_at >= value_time
    else bill_id is null and due_at is null end),
  add constraint movement_booked check (booked_at >= value_time);
alter table posting
  add constraint posting_bill check (bill_id is not null or sub_account = 'FUNDS'),
  add constraint posting_booked check (booked_at >= value_time);
alter table bill
  add constraint bill_due check (due_at >= booked_at),
  add constraint bill_period check (period_end > period_start),
  add constraint bill_amount check (case kind
    when 'CYCLE' then adjusts is null
    when 'ADJUSTMENT' then adjusts is not null and amount >= 0
    when 'CORRECTION' then adjusts is not null and amount < 0 end),
  add constraint bill_corrected check (corrected = 0 or amount + corrected >= 0);
alter table penalty_day
  add constraint penalty_day_amount check (principal > 0 and amount > 0);
