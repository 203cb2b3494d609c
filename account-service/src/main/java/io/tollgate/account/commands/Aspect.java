package io.tollgate.account.commands;

import io.tollgate.model.event.AccountEvent.CommandKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What commands decide about an instance. Of the commands that decide an aspect the newest counts,
 * whatever became of the others; the one place that says which kinds these are.
 */
public enum Aspect {
  /** Whether it runs. */
  RUNNING,
  /** Whether it is limited to its specification. */
  LIMITS,
  /** Where it is located. */
  LOCATION,
  /** Whether its backups are kept. */
  BACKUPS;

  /** What a command decides; of what a release deletes nothing else is left to be decided. */
  static Set<Aspect> decidedBy(CommandKind kind) {
    return switch (kind) {
      case OPEN, SUSPEND, RESUME -> EnumSet.of(RUNNING);
      case RESTRICT, UNRESTRICT -> EnumSet.of(LIMITS);
      case RELOCATE -> EnumSet.of(LOCATION);
      case RELEASE -> EnumSet.of(RUNNING, LIMITS, LOCATION);
      case DELETE_BACKUPS -> EnumSet.of(BACKUPS);
    };
  }

  /** The commands that decide it. */
  Set<CommandKind> kinds() {
    return Arrays.stream(CommandKind.values())
        .filter(kind -> decidedBy(kind).contains(this))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(CommandKind.class)));
  }

  /** The same as a condition on the table {@code command}. */
  public String condition() {
    return kinds().stream()
        .map(kind -> "'" + kind + "'")
        .collect(Collectors.joining(", ", "kind in (", ")"));
  }
}
