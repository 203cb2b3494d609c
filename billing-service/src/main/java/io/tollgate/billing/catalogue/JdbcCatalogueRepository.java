package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.WireMapper;
import io.tollgate.store.jdbc.Rows;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue in PostgreSQL, kept in memory and read again when there is something new.
 *
 * <p>Rows are numbered under a table lock, so that the highest number means the newest commit.
 */
final class JdbcCatalogueRepository {

  private record Newest(long product, long price, long withdrawal) {}

  private record Known(Newest newest, CatalogueSnapshot snapshot) {}

  private record StoredPrice(ProductId product, int version, PriceBody body) {}

  // Not the one of requests: what was stored under wider bounds must stay readable.
  private final JsonMapper mapper = WireMapper.mapper();
  private final JdbcClient jdbc;
  private volatile Known known =
      new Known(new Newest(-1, -1, -1), new CatalogueSnapshot(new TreeMap<>(), Map.of()));

  JdbcCatalogueRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The catalogue as it is now. */
  CatalogueSnapshot snapshot() {
    Newest newest = newest();
    Known current = known;
    if (current.newest().equals(newest)) {
      return current.snapshot();
    }
    CatalogueSnapshot fresh = read(newest);
    known = new Known(newest, fresh);
    return fresh;
  }

  private Newest newest() {
    return jdbc.sql(
            """
            select (select coalesce(max(product_number), 0) from product),
                   (select coalesce(max(price_number), 0) from price_version),
                   (select coalesce(max(withdrawal_number), 0) from price_withdrawal)\
            """)
        .query((row, n) -> new Newest(row.getLong(1), row.getLong(2), row.getLong(3)))
        .single();
  }

  /** Reads no row above what was seen: what is kept under a number must be what it stands for. */
  private CatalogueSnapshot read(Newest newest) {
    SortedMap<ProductId, Product> products = new TreeMap<>();
    for (Product product : products(newest.product())) {
      products.put(product.product(), product);
    }
    Map<ProductId, List<PriceVersion>> versions = new HashMap<>();
    for (StoredPrice stored : prices(newest)) {
      Product product = products.get(stored.product());
      if (product != null) {
        versions
            .computeIfAbsent(stored.product(), id -> new ArrayList<>())
            .add(PriceReader.read(product, stored.version(), stored.body()));
      }
    }
    Map<ProductId, PriceVersions> prices = new HashMap<>();
    versions.forEach((product, list) -> prices.put(product, new PriceVersions(list)));
    return new CatalogueSnapshot(products, prices);
  }

  private List<Product> products(long upTo) {
    return jdbc.sql(
            """
            select product_id, name, cycle, payment_term, retained_storage_charged
            from product where product_number <= :upTo\
            """)
        .param("upTo", upTo)
        .query(
            (row, n) ->
                new Product(
                    ProductId.of(row.getString(1)),
                    row.getString(2),
                    BillingCycle.valueOf(row.getString(3)),
                    Duration.parse(row.getString(4)),
                    row.getBoolean(5)))
        .list();
  }

  private List<StoredPrice> prices(Newest newest) {
    return jdbc.sql(
            """
            select product_id, version, body from price_version v
            where price_number <= :price
              and not exists (select 1 from price_withdrawal w
                              where w.product_id = v.product_id and w.version = v.version
                                and w.withdrawal_number <= :withdrawal)
            order by product_id, version\
            """)
        .param("price", newest.price())
        .param("withdrawal", newest.withdrawal())
        .query(
            (row, n) ->
                new StoredPrice(
                    ProductId.of(row.getString(1)),
                    row.getInt(2),
                    mapper.readValue(row.getString(3), PriceBody.class)))
        .list();
  }

  /** The notice that a version named. */
  Optional<NoticeId> noticeOf(ProductId product, int version) {
    return jdbc.sql(
            """
            select notice_id from price_version
            where product_id = :product and version = :version and notice_id is not null\
            """)
        .param("product", product.value())
        .param("version", version)
        .query(String.class)
        .optional()
        .map(NoticeId::of);
  }

  /** Lets one transaction at a time change the catalogue; readers are not held up. */
  void lock() {
    jdbc.sql("LOCK TABLE product, price_version, price_withdrawal IN SHARE ROW EXCLUSIVE MODE")
        .update();
  }

  /** Stores a product. */
  void insert(Product product, String author, Instant at) {
    int inserted =
        jdbc.sql(
                """
                insert into product (product_id, name, cycle, payment_term, retained_storage_charged, author, created_at)
                values (:product, :name, :cycle, :term, :retained, :author, :at)\
                """)
            .param("product", product.product().value())
            .param("name", product.name())
            .param("cycle", product.cycle().name())
            .param("term", product.paymentTerm().toString())
            .param("retained", product.retainedStorageCharged())
            .param("author", author)
            .param("at", Timestamp.from(at))
            .update();
    Rows.expectOne(inserted, "product");
  }

  /** Stores a price version. */
  void insert(PriceVersion version, Optional<NoticeId> notice, String author, Instant at) {
    int inserted =
        jdbc.sql(
                """
                insert into price_version
                  (product_id, version, effective_from, currency, notice_id, body, author, created_at)
                values (:product, :version, :effectiveFrom, :currency, :notice, :body::jsonb, :author, :at)\
                """)
            .param("product", version.product().value())
            .param("version", version.version())
            .param("effectiveFrom", Timestamp.from(version.effectiveFrom()))
            .param("currency", version.currency().value())
            .param("notice", notice.map(NoticeId::value).orElse(null))
            .param("body", mapper.writeValueAsString(PriceWriter.body(version, notice)))
            .param("author", author)
            .param("at", Timestamp.from(at))
            .update();
    Rows.expectOne(inserted, "price version");
  }
}
