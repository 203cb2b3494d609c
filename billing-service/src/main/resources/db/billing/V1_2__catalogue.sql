-- What is sold and for how much. Rows are only ever added: a bill names the version it was rated with, for ever.

CREATE TABLE product (
  product_id               text PRIMARY KEY,
  product_number           bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  name                     text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  cycle                    text NOT NULL CHECK (cycle IN ('HOUR', 'DAY', 'MONTH')),
  payment_term             text NOT NULL,
  retained_storage_charged boolean NOT NULL,
  author                   text NOT NULL,
  created_at               timestamptz NOT NULL
);
COMMENT ON COLUMN product.product_number IS 'given under a lock: the highest one means the newest commit';
COMMENT ON COLUMN product.payment_term IS 'ISO 8601 duration from booking a bill to its due_at';
CREATE TRIGGER product_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON product
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE price_version (
  product_id     text NOT NULL REFERENCES product,
  version        int NOT NULL CHECK (version > 0),
  price_number   bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  effective_from timestamptz NOT NULL,
  currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  notice_id      text,
  body           jsonb NOT NULL,
  author         text NOT NULL,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (product_id, version),
  UNIQUE (product_id, effective_from)
);
COMMENT ON COLUMN price_version.notice_id IS 'the notice whose gate allowed a free service to become chargeable';
CREATE TRIGGER price_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON price_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
