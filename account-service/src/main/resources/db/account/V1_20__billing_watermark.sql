-- How far billing has told everything of the accounts of a partition: steps that fall due by time are taken up to it.
create table billing_watermark (
  partition integer primary key check (partition >= 0),
  complete_to timestamptz not null,
  epoch bigint not null
);

alter table account add column partition integer check (partition >= 0);
comment on column account.partition is 'the partition of the topics that carry the account''s events';
