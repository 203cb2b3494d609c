-- Tiers, allowances and minimums count per account unless a price says otherwise; what was sold before counts per instance.
alter table price_version disable trigger price_version_append_only;
update price_version set body = body || '{"countedPer": "INSTANCE"}';
alter table price_version enable trigger price_version_append_only;

comment on column month_counters.counters is
  '[[instance, meter, free units, units, amount], ...]; the instance is empty where all instances share the counter';

alter table charge_line alter column instance_id drop not null;
comment on column charge_line.instance_id is 'null on a minimum that all instances of the account share';
