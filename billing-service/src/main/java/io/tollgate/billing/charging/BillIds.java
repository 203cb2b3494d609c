package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.BillId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of bills, derived from what they bill: the same thing can't be billed twice. */
final class BillIds {
  private static final int DIGITS = 24;

  private BillIds() {}

  /** The bill of a cycle. */
  static BillId ofCycle(CycleKey cycle) {
    return hashed("bill-", cycle + " " + cycle.start());
  }

  /**
   * A correction of a cycle.
   *
   * @param number 1 for the cycle's first correction
   */
  static BillId ofCorrection(CycleKey cycle, int number) {
    return hashed("adj-", cycle + " " + cycle.start() + " " + number);
  }

  private static BillId hashed(String prefix, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return BillId.of(prefix + HexFormat.of().formatHex(hash).substring(0, DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
