-- Notices, who has them, and the e-mails that go with them.

-- Accounts as notices need them. The row is the lock of everything that reaches the account.
create table account (
  account_id text primary key,
  opened_at timestamptz,
  last_message bigint not null default 0 check (last_message >= 0),
  read_up_to bigint not null default 0
);

create table account_instance (
  account_id text not null references account,
  instance_id text not null,
  product_id text not null,
  released_at timestamptz,
  primary key (account_id, instance_id)
);
create index account_instance_by_product on account_instance (product_id, account_id) where released_at is null;
-- Whom an action touches, and who ever used a product.
create index account_instance_by_instance on account_instance (instance_id);
create index account_instance_ever_of_product on account_instance (product_id);

-- Personal data: here and in the account service only; a tombstone deletes the row.
create table contact (
  account_id text primary key,
  version bigint not null,
  name text not null,
  emails text[] not null,
  language text not null,
  marketing_consent boolean not null default false
);

-- Notices -------------------------------------------------------------------------------------------------------------

-- A gated notice names its action; whom it concerns is worked out from that.
create table notice (
  notice_id text primary key,
  cause text unique,
  kind text not null,
  gate_kind text,
  rule text not null,
  subject text,
  lead_days int not null check (lead_days >= 0),
  asked_effect_at timestamptz,
  effect_at timestamptz,
  answer_by timestamptz,
  correlation text,
  reaches_new boolean not null,
  title_en text not null,
  body_en text not null,
  title_zh text not null,
  body_zh text not null,
  state text not null check (state in ('PUBLISHED', 'MATURED', 'WITHDRAWN')),
  opens_at timestamptz,
  published_at timestamptz not null,
  published_by text not null,
  matured_at timestamptz,
  withdrawn_at timestamptz,
  action jsonb,
  product_ids text[] not null default '{}',
  check (gate_kind is null or (subject is not null and asked_effect_at is not null)),
  check ((state = 'MATURED') = (matured_at is not null))
);
comment on column notice.reaches_new is 'seen by accounts at their opening';
comment on column notice.opens_at is 'when its days have run; known once everybody concerned has it';
comment on column notice.action is 'what a gated notice announces: its gate opens this, once';
comment on column notice.product_ids is 'seen by accounts that begin to use one of these products';
create index notice_open_gates on notice (opens_at) where gate_kind is not null and state = 'PUBLISHED';
create index notice_gated on notice (published_at, notice_id) where gate_kind is not null;
create index notice_by_publication on notice (published_at, notice_id) where cause is null;

-- A public announcement: what anybody may read, with or without an account (C3.2.10, C7.4.4, C12.3).
create table announcement (
  notice_id text primary key references notice,
  published_at timestamptz not null,
  published_by text not null
);
create index announcement_by_publication on announcement (published_at, notice_id);

-- Recipients of published notices, fixed at publication. Delivered in slices.
create table notice_recipient (
  notice_id text not null references notice,
  account_id text not null references account,
  delivered_at timestamptz,
  primary key (notice_id, account_id)
);
create index notice_recipient_undelivered on notice_recipient (account_id, notice_id) where delivered_at is null;

-- The inbox. One row is the delivery itself: a recipient has a notice once, whatever is repeated.
create table message (
  account_id text not null references account,
  number bigint not null check (number > 0),
  notice_id text not null references notice,
  delivered_at timestamptz not null,
  read_at timestamptz,
  answer text check (answer in ('ACCEPT', 'REJECT')),
  answered_at timestamptz,
  primary key (account_id, number),
  unique (account_id, notice_id)
);
create index message_unread on message (account_id) where read_at is null;
create index message_by_notice on message (notice_id, account_id);

-- E-mails -------------------------------------------------------------------------------------------------------------

-- One that must not be sent is suppressed and has not failed: nobody has to look at it, and no retry helps.
create table email_delivery (
  account_id text not null,
  notice_id text not null references notice,
  address text not null,
  delivery_id text not null unique,
  language text not null,
  message_id text not null unique,
  state text not null check (state in ('PENDING', 'CLAIMED', 'SENT', 'FAILED', 'SUPPRESSED')),
  attempts int not null default 0 check (attempts >= 0),
  uncertain boolean not null default false,
  next_attempt_at timestamptz not null,
  claimed_by text,
  claimed_at timestamptz,
  sent_at timestamptz,
  last_error text,
  primary key (account_id, notice_id, address),
  check ((state = 'SENT') = (sent_at is not null)),
  check ((state = 'CLAIMED') = (claimed_by is not null))
);
create index email_delivery_due on email_delivery (next_attempt_at) where state = 'PENDING';
create index email_delivery_claimed on email_delivery (claimed_by) where state = 'CLAIMED';
create index email_delivery_failed on email_delivery (delivery_id) where state = 'FAILED';
create index email_delivery_suppressed on email_delivery (delivery_id) where state = 'SUPPRESSED';
create index email_delivery_uncertain on email_delivery (delivery_id) where uncertain;
create index email_delivery_by_notice on email_delivery (notice_id, account_id, address);
