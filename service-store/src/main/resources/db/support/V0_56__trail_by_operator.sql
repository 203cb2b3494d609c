-- Customers are shown that an operator did something, not which employee it was.
alter table audit_entry add column by_operator boolean not null default false;
