package io.tollgate.account.lifecycle;

/**
 * Whole natural days between each of the two deletion warnings and the deletion (C4.1.5, choice).
 * Fixed when a deletion is planned: a later policy does not shorten them.
 *
 * @param first of the first warning
 * @param last of the last warning; less than the first
 */
public record Leads(int first, int last) {

  /** Seven days, and one day. */
  public static final Leads DEFAULT = new Leads(7, 1);

  private static final int MAX_DAYS = 365;

  /** Refuses leads that are none, or in the wrong order. */
  public Leads {
    if (last < 0 || first <= last || first > MAX_DAYS) {
      throw new IllegalArgumentException(
          "leads fall from the first to the last: %d, %d".formatted(first, last));
    }
  }

  /** The days of one of them. */
  public int days(Warning.Lead lead) {
    return switch (lead) {
      case FIRST -> first;
      case LAST -> last;
    };
  }
}
