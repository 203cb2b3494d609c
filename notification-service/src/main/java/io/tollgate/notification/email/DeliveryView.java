package io.tollgate.notification.email;

import io.tollgate.store.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * How one e-mail fares, as operators see it: part of the proof of delivery.
 *
 * @param delivery its id, the left side of its Message-ID
 * @param account whose contact
 * @param notice what is told
 * @param address to whom
 * @param messageId its Message-ID
 * @param state PENDING, CLAIMED (being sent), SENT, FAILED or SUPPRESSED (must not be sent)
 * @param attempts attempts so far
 * @param uncertain whether a crash left it unknown if an earlier attempt got through
 * @param sentAt when the mail server took it
 * @param lastError what the mail server said last, or why it must not be sent
 */
public record DeliveryView(
    String delivery,
    String account,
    String notice,
    String address,
    String messageId,
    String state,
    int attempts,
    boolean uncertain,
    Optional<Instant> sentAt,
    Optional<String> lastError) {

  /** What {@link #map} reads. */
  public static final String SELECT =
      """
      select delivery_id, account_id, notice_id, address, message_id, state, attempts, uncertain, sent_at, last_error
      from email_delivery
      """;

  /** Reads a row of {@link #SELECT}. */
  public static DeliveryView map(ResultSet row, int n) throws SQLException {
    return new DeliveryView(
        row.getString("delivery_id"),
        row.getString("account_id"),
        row.getString("notice_id"),
        row.getString("address"),
        row.getString("message_id"),
        row.getString("state"),
        row.getInt("attempts"),
        row.getBoolean("uncertain"),
        Columns.optionalInstant(row, "sent_at"),
        Optional.ofNullable(row.getString("last_error")));
  }
}
