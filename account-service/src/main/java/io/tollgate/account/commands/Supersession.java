package io.tollgate.account.commands;

import io.tollgate.model.event.AccountEvent.CommandKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pending commands a newer one supersedes: those of which it decides every {@link Aspect}, so
 * that an older command cannot undo a newer one.
 */
final class Supersession {

  private Supersession() {}

  /** The kinds of pending commands that one of this kind takes the place of. */
  static Set<CommandKind> endedBy(CommandKind kind) {
    Set<Aspect> decided = Aspect.decidedBy(kind);
    return Arrays.stream(CommandKind.values())
        .filter(older -> decided.containsAll(Aspect.decidedBy(older)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(CommandKind.class)));
  }
}
