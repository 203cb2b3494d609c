-- Whether marketing may be sent to the account (C4.2.2). Contacts kept before are read again with their next change.
alter table contact add column marketing_consent boolean not null default false;
