package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A payment to be booked; the channel's transaction number identifies it (C2.2). */
public record NewRecharge(
    String channel,
    String transaction,
    BigDecimal amount,
    Optional<String> currency,
    Optional<Instant> paidAt,
    Optional<String> payee) {
  /** A payment in the account's currency, made now. */
  public static NewRecharge of(String channel, String transaction, BigDecimal amount) {
    return new NewRecharge(
        channel, transaction, amount, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
