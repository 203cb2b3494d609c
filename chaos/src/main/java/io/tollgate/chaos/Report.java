package io.tollgate.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run did and what came of it. */
interface Report {

  /** Whether everything is as it must be. */
  boolean clean();

  /** The report as a Markdown page. */
  List<String> lines();

  /** A row of a table. */
  static String row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    return row.toString();
  }

  /** A time as people read it. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }

  /** What the load came to and what the books say of it, as rows of a table. */
  static List<String> outcome(Truth truth, Verdict verdict) {
    List<String> rows = new ArrayList<>();
    for (Truth.Count count : Truth.Count.values()) {
      rows.add(row(count.name().toLowerCase(Locale.ROOT).replace('_', ' '), truth.counted(count)));
    }
    rows.add(row("units lost", verdict.lost()));
    rows.add(row("units doubled", verdict.doubled()));
    rows.add(row("drift of money", verdict.drift().setScale(6)));
    rows.add(row("audit", verdict.auditGreen() ? "green" : "RED"));
    return rows;
  }
}
