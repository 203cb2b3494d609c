package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.setaside.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * One cycle of one account's product.
 *
 * @param account who pays
 * @param product for what
 * @param start the cycle's first instant
 */
public record CycleKey(AccountId account, ProductId product, Instant start)
    implements Comparable<CycleKey> {

  /**
   * From a row with the columns {@code account_id} and {@code product_id}.
   *
   * @param start the column of the start: of the cycle, or of the month
   */
  public static CycleKey read(ResultSet row, String start) throws SQLException {
    return new CycleKey(
        AccountId.of(row.getString("account_id")),
        ProductId.of(row.getString("product_id")),
        Columns.instant(row, start));
  }

  /** What work on the cycle is set aside as; work on a month as that on the key of its start. */
  public Subject subject() {
    return Subject.of(account, product + " " + start);
  }

  /** The id of {@link #subject} as an expression of SQL. */
  public static String subjectId(String product, String start) {
    return "%s || ' ' || to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
        .formatted(product, start);
  }

  /** The order in which cycles are locked. */
  @Override
  public int compareTo(CycleKey other) {
    int order = account.compareTo(other.account);
    order = order != 0 ? order : product.compareTo(other.product);
    return order != 0 ? order : start.compareTo(other.start);
  }
}
