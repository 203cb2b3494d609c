package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measurements as a table to read, which is also a table of Markdown. */
final class ResultTable {
  private static final List<String> HEAD =
      List.of("#", "what", "unit", "ours", "spread", "limit", "spread", "ratio", "goal", "reached");

  private ResultTable() {}

  /** The machine, the table, then what a reader has to know besides. */
  static List<String> lines(Machine machine, List<Measurement> measurements) {
    List<String> lines = new ArrayList<>();
    lines.add(machine.inWords());
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    rows.add(HEAD.stream().map(cell -> "---").toList());
    measurements.forEach(each -> rows.add(row(each)));
    lines.addAll(aligned(rows));
    lines.add("");
    measurements.forEach(
        each -> each.notes().forEach(note -> lines.add(each.figure() + ": " + note)));
    return lines;
  }

  private static List<String> row(Measurement each) {
    Optional<Rounds> limit = each.limit().map(Measurement.Limit::rounds);
    return List.of(
        each.figure(),
        each.what() + each.limit().map(bare -> "; limit: " + bare.what()).orElse(""),
        each.unit(),
        number(each.ours().median()),
        spread(each.ours()),
        limit.map(bare -> number(bare.median())).orElse(""),
        limit.map(ResultTable::spread).orElse(""),
        each.ratio().map(ResultTable::number).orElse(""),
        goals(each),
        each.reached().map(reached -> reached ? "yes" : "no").orElse(""));
  }

  private static String goals(Measurement each) {
    List<String> goals = new ArrayList<>();
    each.goal().ifPresent(goal -> goals.add(inWords(goal)));
    each.goalRatio().ifPresent(goal -> goals.add(inWords(goal) + " of the limit"));
    return String.join(", ", goals);
  }

  private static String inWords(Goal goal) {
    return goal.sign() + " " + number(goal.value());
  }

  /** Nothing when there was one round only. */
  private static String spread(Rounds rounds) {
    return rounds.values().size() == 1 ? "" : number(rounds.min()) + ".." + number(rounds.max());
  }

  /** Three digits are what such measurements are worth. */
  static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        line.append(' ').append(row.get(i)).repeat(' ', widths[i] - row.get(i).length());
        line.append(" |");
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
