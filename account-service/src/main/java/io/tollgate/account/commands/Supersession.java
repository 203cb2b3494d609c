package io.tollgate.account.commands;

import io.tollgate.model.event.AccountEvent.CommandKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which pending commands a newer one supersedes: of the commands about one aspect of an instance
 * only the newest is repeated, so that an older one cannot undo it.
 *
 * <p>Whether it runs, whether it is limited, where it is located and what is deleted are separate
 * aspects; a release supersedes all others, because nothing is left for them.
 */
final class Supersession {

  private Supersession() {}

  /** The kinds of pending commands that one of this kind takes the place of. */
  static Set<CommandKind> endedBy(CommandKind kind) {
    return switch (kind) {
      case OPEN, SUSPEND, RESUME ->
          EnumSet.of(CommandKind.OPEN, CommandKind.SUSPEND, CommandKind.RESUME);
      case RESTRICT, UNRESTRICT -> EnumSet.of(CommandKind.RESTRICT, CommandKind.UNRESTRICT);
      case RELOCATE, DELETE_BACKUPS -> EnumSet.of(kind);
      case RELEASE -> EnumSet.complementOf(EnumSet.of(CommandKind.DELETE_BACKUPS));
    };
  }
}
