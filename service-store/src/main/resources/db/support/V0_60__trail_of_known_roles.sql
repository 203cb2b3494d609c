-- Of older entries it is not known whether an employee made them: who it was is shown to customers
-- only where it can't have been one.
alter table audit_entry add column role_known boolean not null default false;
alter table audit_entry alter column role_known set default true;
comment on column audit_entry.role_known is 'whether by_operator was told when it was written';
