package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.BillingEvent.PriceChange;
import io.tollgate.store.jdbc.Rows;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Withdrawn price versions, and who is still to be told of a change, in PostgreSQL. */
final class JdbcPriceChanges {

  private final JdbcClient jdbc;

  JdbcPriceChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of the next version; those of withdrawn ones are not used again. */
  int nextVersion(ProductId product) {
    return jdbc.sql(
            "select coalesce(max(version), 0) + 1 from price_version where product_id = :product")
        .param("product", product.value())
        .query(Integer.class)
        .single();
  }

  /** Whether it was withdrawn. */
  boolean isWithdrawn(ProductId product, int version) {
    return jdbc.sql(
            """
            select exists (select 1 from price_withdrawal where product_id = :product and version = :version)\
            """)
        .param("product", product.value())
        .param("version", version)
        .query(Boolean.class)
        .single();
  }

  /** Takes a version back. */
  void withdraw(PriceVersion version, String reason, String author, Instant at) {
    Rows.expectOne(
        jdbc.sql(
                """
                insert into price_withdrawal (product_id, version, author, reason, withdrawn_at)
                values (:product, :version, :author, :reason, :at)\
                """)
            .param("product", version.product().value())
            .param("version", version.version())
            .param("author", author)
            .param("reason", reason)
            .param("at", Timestamp.from(at))
            .update(),
        "price withdrawal");
  }

  /** Whoever has an instance of the product is to be told. */
  void concerns(PriceVersion version, PriceChange change, Instant at, String rule) {
    jdbc.sql(
            """
            insert into price_news (account_id, product_id, version, change, effective_from, at, rule)
            select distinct i.account_id, i.product_id, :version::int, :change, :effectiveFrom::timestamptz,
                   :at::timestamptz, :rule
            from instance i join account a using (account_id)
            where i.product_id = :product and i.ended_at is null\
            """)
        .param("product", version.product().value())
        .param("version", version.version())
        .param("change", change.name())
        .param("effectiveFrom", Timestamp.from(version.effectiveFrom()))
        .param("at", Timestamp.from(at))
        .param("rule", rule)
        .update();
  }
}
