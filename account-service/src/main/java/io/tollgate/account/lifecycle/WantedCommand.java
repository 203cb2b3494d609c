package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A command that a rule wants to be issued to the platform.
 *
 * @param kind what
 * @param at from when on
 * @param rule by which rule
 * @param backupsKeptUntil of a release that leaves the backups: until when
 */
public record WantedCommand(
    CommandKind kind, Instant at, RuleId rule, Optional<Instant> backupsKeptUntil) {

  /** What has nothing to do with backups. */
  public WantedCommand(CommandKind kind, Instant at, RuleId rule) {
    this(kind, at, rule, Optional.empty());
  }
}
