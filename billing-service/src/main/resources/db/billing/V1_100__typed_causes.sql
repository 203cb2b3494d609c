-- What caused a booking is a kind and an id, and the kind names the contra account.
-- A text of an unknown kind stays null, and the migration fails instead of guessing.
create function cause_kind_of(cause text, posted_to text, channel text) returns text language sql immutable as $$
  select case split_part(cause, ':', 1)
           when 'bill' then 'BILL'
           when 'penalty' then 'PENALTY_DAY'
           when 'recharge' then coalesce(posted_to, channel) || '_RECHARGE'
           when 'reversal' then coalesce(posted_to, channel) || '_REVERSAL'
           when 'credit-limit' then 'CREDIT_LIMIT'
           when 'adjustment' then 'ADJUSTMENT'
         end
$$;

alter table movement add column cause_kind text, add column cause_id text;
alter table movement disable trigger movement_append_only;
update movement m
   set cause_id = substring(m.cause from position(':' in m.cause) + 1),
       cause_kind = cause_kind_of(m.cause, null, (
         select r.channel from recharge r
          where r.recharge_id = substring(m.cause from position(':' in m.cause) + 1)));
alter table movement enable trigger movement_append_only;

alter table posting add column cause_kind text, add column cause_id text;
alter table posting disable trigger posting_append_only;
update posting
   set cause_id = substring(cause from position(':' in cause) + 1),
       cause_kind = cause_kind_of(cause, contra, null);
alter table posting enable trigger posting_append_only;
drop function cause_kind_of;

drop index posting_by_cause;
alter table movement
  drop column cause,
  alter column cause_kind set not null,
  alter column cause_id set not null,
  add unique (account_id, cause_kind, cause_id),
  add constraint movement_cause check (
    case kind
      when 'CHARGE' then cause_kind = 'BILL'
      when 'CREDIT_LIMIT' then cause_kind = 'CREDIT_LIMIT'
      when 'RECEIPT' then cause_kind in ('BILL', 'ADJUSTMENT', 'ALIPAY_RECHARGE', 'ONLINE_BANKING_RECHARGE',
                                         'REMITTANCE_RECHARGE')
      when 'REVERSAL' then cause_kind in ('ADJUSTMENT', 'ALIPAY_REVERSAL', 'ONLINE_BANKING_REVERSAL',
                                          'REMITTANCE_REVERSAL')
    end);
alter table posting
  drop column cause,
  alter column cause_kind set not null,
  alter column cause_id set not null,
  add constraint posting_contra check (
    contra = case cause_kind
      when 'BILL' then 'REVENUE'
      when 'PENALTY_DAY' then 'PENALTY_INCOME'
      when 'ALIPAY_RECHARGE' then 'ALIPAY'
      when 'ALIPAY_REVERSAL' then 'ALIPAY'
      when 'ONLINE_BANKING_RECHARGE' then 'ONLINE_BANKING'
      when 'ONLINE_BANKING_REVERSAL' then 'ONLINE_BANKING'
      when 'REMITTANCE_RECHARGE' then 'REMITTANCE'
      when 'REMITTANCE_REVERSAL' then 'REMITTANCE'
      when 'CREDIT_LIMIT' then 'CREDIT'
      when 'ADJUSTMENT' then 'ADJUSTMENTS'
      else '' end);
create index posting_by_cause on posting (account_id, cause_kind, cause_id);
comment on column posting.cause_kind is 'what kind of thing moved the money; names the contra account';
comment on column posting.cause_id is 'which one, unique within kind and account';
