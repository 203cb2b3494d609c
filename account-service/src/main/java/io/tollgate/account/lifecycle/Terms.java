package io.tollgate.account.lifecycle;

import java.time.Duration;

/**
 * The policy values of a product that time its instances' life (section 6, choice).
 *
 * @param grace from the earliest unpaid bill's due instant to suspension
 * @param retentionDays natural days data is kept after suspension for arrears or termination
 * @param leads how long ahead of a deletion its warnings must arrive
 */
public record Terms(Duration grace, int retentionDays, Leads leads) {

  /** 24 hours of grace, 15 natural days of retention, warnings 7 days and 1 day ahead. */
  public static final Terms DEFAULT = new Terms(Duration.ofHours(24), 15, Leads.DEFAULT);

  private static final int MAX_RETENTION_DAYS = 3_650;

  /** Refuses what is no waiting time. */
  public Terms {
    if (grace.isNegative() || retentionDays < 0 || retentionDays > MAX_RETENTION_DAYS) {
      throw new IllegalArgumentException("grace and retention are waiting times: " + grace);
    }
  }
}
