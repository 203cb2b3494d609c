-- Accounts as notices need them. The row is the lock of everything that reaches the account.
CREATE TABLE account (
  account_id   text PRIMARY KEY,
  opened_at    timestamptz,
  last_message bigint NOT NULL DEFAULT 0 CHECK (last_message >= 0),
  read_up_to   bigint NOT NULL DEFAULT 0
);

CREATE TABLE account_instance (
  account_id  text NOT NULL REFERENCES account,
  instance_id text NOT NULL,
  product_id  text NOT NULL,
  released_at timestamptz,
  PRIMARY KEY (account_id, instance_id)
);
CREATE INDEX account_instance_by_product ON account_instance (product_id, account_id) WHERE released_at IS NULL;

-- Personal data: here and in the account service only; a tombstone deletes the row.
CREATE TABLE contact (
  account_id text PRIMARY KEY,
  version    bigint NOT NULL,
  name       text NOT NULL,
  emails     text[] NOT NULL,
  language   text NOT NULL
);

CREATE TABLE notice (
  notice_id       text PRIMARY KEY,
  cause           text UNIQUE,
  kind            text NOT NULL,
  gate_kind       text,
  rule            text NOT NULL,
  subject         text,
  lead_days       int NOT NULL CHECK (lead_days >= 0),
  asked_effect_at timestamptz,
  effect_at       timestamptz,
  answer_by       timestamptz,
  correlation     text,
  announced       boolean NOT NULL,
  reaches_new     boolean NOT NULL,
  product_id      text,
  title_en        text NOT NULL,
  body_en         text NOT NULL,
  title_zh        text NOT NULL,
  body_zh         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('PUBLISHED', 'MATURED', 'WITHDRAWN')),
  opens_at        timestamptz,
  published_at    timestamptz NOT NULL,
  published_by    text NOT NULL,
  matured_at      timestamptz,
  withdrawn_at    timestamptz,
  CHECK (gate_kind IS NULL OR (subject IS NOT NULL AND asked_effect_at IS NOT NULL)),
  CHECK ((state = 'MATURED') = (matured_at IS NOT NULL))
);
COMMENT ON COLUMN notice.reaches_new IS 'seen by accounts at their opening';
COMMENT ON COLUMN notice.product_id IS 'seen by accounts that begin to use this product';
COMMENT ON COLUMN notice.opens_at IS 'when its days have run; known once everybody concerned has it';
CREATE INDEX notice_open_gates ON notice (opens_at) WHERE gate_kind IS NOT NULL AND state = 'PUBLISHED';
CREATE INDEX notice_announced ON notice (published_at, notice_id) WHERE announced;
CREATE INDEX notice_by_publication ON notice (published_at, notice_id) WHERE cause IS NULL;

-- Recipients of published notices, fixed at publication. Delivered in slices.
CREATE TABLE notice_recipient (
  notice_id    text NOT NULL REFERENCES notice,
  account_id   text NOT NULL REFERENCES account,
  delivered_at timestamptz,
  PRIMARY KEY (notice_id, account_id)
);
CREATE INDEX notice_recipient_undelivered ON notice_recipient (account_id, notice_id) WHERE delivered_at IS NULL;

-- The inbox. One row is the delivery itself: a recipient has a notice once, whatever is repeated.
CREATE TABLE message (
  account_id   text NOT NULL REFERENCES account,
  number       bigint NOT NULL CHECK (number > 0),
  notice_id    text NOT NULL REFERENCES notice,
  delivered_at timestamptz NOT NULL,
  read_at      timestamptz,
  answer       text CHECK (answer IN ('ACCEPT', 'REJECT')),
  answered_at  timestamptz,
  PRIMARY KEY (account_id, number),
  UNIQUE (account_id, notice_id)
);
CREATE INDEX message_unread ON message (account_id) WHERE read_at IS NULL;
CREATE INDEX message_by_notice ON message (notice_id, account_id);

CREATE TABLE email_delivery (
  account_id      text NOT NULL,
  notice_id       text NOT NULL REFERENCES notice,
  address         text NOT NULL,
  delivery_id     text NOT NULL UNIQUE,
  language        text NOT NULL,
  message_id      text NOT NULL UNIQUE,
  state           text NOT NULL CHECK (state IN ('PENDING', 'CLAIMED', 'SENT', 'FAILED')),
  attempts        int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  uncertain       boolean NOT NULL DEFAULT false,
  next_attempt_at timestamptz NOT NULL,
  claimed_by      text,
  claimed_at      timestamptz,
  sent_at         timestamptz,
  last_error      text,
  PRIMARY KEY (account_id, notice_id, address),
  CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
  CHECK ((state = 'CLAIMED') = (claimed_by IS NOT NULL))
);
CREATE INDEX email_delivery_due ON email_delivery (next_attempt_at) WHERE state = 'PENDING';
CREATE INDEX email_delivery_claimed ON email_delivery (claimed_by) WHERE state = 'CLAIMED';
CREATE INDEX email_delivery_failed ON email_delivery (delivery_id) WHERE state = 'FAILED';
CREATE INDEX email_delivery_uncertain ON email_delivery (delivery_id) WHERE uncertain;
CREATE INDEX email_delivery_by_notice ON email_delivery (notice_id, account_id, address);
