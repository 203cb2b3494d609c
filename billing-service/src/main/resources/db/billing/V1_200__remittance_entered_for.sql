-- A remittance to a payee account of nobody belongs to nobody, but whom it was entered for helps to assign it.
alter table recharge add column entered_for text references account;
comment on column recharge.entered_for is 'for which account an unmatched remittance was entered';
alter table recharge add constraint recharge_entered_for_is_of_remittances
  check (entered_for is null or channel = 'REMITTANCE');
update recharge
   set entered_for = (select substr(entry.reason, length('entered for account ') + 1)
                        from audit_entry entry
                       where entry.subject_id = recharge.recharge_id and entry.reason like 'entered for account %'
                       order by entry.audit_entry_id limit 1)
 where channel = 'REMITTANCE';
