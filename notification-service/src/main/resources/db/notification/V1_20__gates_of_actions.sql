-- A gated notice names its action; whom it concerns is worked out from that.
alter table notice add column action jsonb;
alter table notice add column product_ids text[] not null default '{}';
update notice set product_ids = array[product_id] where product_id is not null;
alter table notice drop column product_id;
comment on column notice.action is 'what a gated notice announces: its gate opens this, once';
comment on column notice.product_ids is 'seen by accounts that begin to use one of these products';

-- A public announcement: what anybody may read, with or without an account (C3.2.10, C7.4.4, C12.3).
create table announcement (
  notice_id    text primary key references notice,
  published_at timestamptz not null,
  published_by text not null
);
create index announcement_by_publication on announcement (published_at, notice_id);
insert into announcement (notice_id, published_at, published_by)
select notice_id, published_at, published_by from notice where announced;
drop index notice_announced;
alter table notice drop column announced;

-- Whom an action touches, and what is ahead for whoever comes later.
create index account_instance_by_instance on account_instance (instance_id);
create index account_instance_ever_of_product on account_instance (product_id);
create index notice_gated on notice (published_at, notice_id) where gate_kind is not null;
