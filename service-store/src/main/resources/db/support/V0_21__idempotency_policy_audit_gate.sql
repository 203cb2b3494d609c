-- Answers of requests, kept beside their effect for ever.
CREATE TABLE idempotency_key (
  subject      text NOT NULL,
  key          text NOT NULL,
  request_hash text NOT NULL,
  status       int NOT NULL,
  body         text NOT NULL,
  PRIMARY KEY (subject, key)
);

-- Rows of tables that are only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE policy_row (
  policy_row_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text NOT NULL,
  level          text NOT NULL,
  product_id     text,
  value          text NOT NULL,
  effective_from timestamptz NOT NULL,
  author         text NOT NULL,
  reason         text NOT NULL
);
CREATE TRIGGER policy_row_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_row
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE audit_entry (
  audit_entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id     text,
  at             timestamptz NOT NULL,
  who            text NOT NULL,
  subject_kind   text NOT NULL,
  subject_id     text NOT NULL,
  what           text NOT NULL,
  rule           text NOT NULL,
  reason         text NOT NULL
);
CREATE INDEX audit_entry_by_account ON audit_entry (account_id, audit_entry_id);
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Gated notices as this service has heard of them.
CREATE TABLE gate (
  notice_id  text PRIMARY KEY,
  kind       text NOT NULL,
  subject    text NOT NULL,
  lead_days  int NOT NULL,
  effect_at  timestamptz NOT NULL,
  state      text NOT NULL CHECK (state IN ('SHUT', 'OPEN', 'WITHDRAWN'))
);
