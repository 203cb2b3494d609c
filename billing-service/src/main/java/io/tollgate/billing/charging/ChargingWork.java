package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;

/**
 * Identifies charging work that is set aside: by account, product and the start of the cycle or
 * month.
 */
final class ChargingWork {

  private ChargingWork() {}

  /** What a cycle, or a month, is set aside as. */
  static Subject subjectOf(CycleKey key) {
    return key.subject();
  }

  /** The same {@link Subject#id} in SQL. */
  static String subject(String product, String start) {
    return "%s || ' ' || to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
        .formatted(product, start);
  }

  /** A query as it is for each selection. */
  record Query(String regular, String retried) {

    String of(Selection selection) {
      return switch (selection) {
        case REGULAR -> regular;
        case RETRIED -> retried;
      };
    }
  }

  /** A query with the selection in the place of {@code %s}. */
  static Query selected(String query, String work, String account, String subject) {
    return new Query(
        query.formatted(Selection.REGULAR.where(work, account, subject)),
        query.formatted(Selection.RETRIED.where(work, account, subject)));
  }
}
