-- Billing states what an account owes; here nothing is added up or taken off any more.
alter table account add column owed numeric(30, 6) not null default 0 check (owed >= 0);
alter table account drop column penalty_as_of;
comment on column account.owed is 'principal past due that nothing covers, as billing stated last';
comment on column account.penalty_owed is 'unpaid penalty, as billing stated last';
