package io.tollgate.account.commands;

import io.tollgate.model.event.AccountEvent.CommandKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which pending commands a newer one ends: of what a platform may be asked about one instance only
 * the newest wish is repeated, so that an older command can't undo it.
 *
 * <p>Whether it runs, whether it is limited, where it stands and what is deleted are wishes of
 * their own; a release ends all others, for nothing is left that they could be about.
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
