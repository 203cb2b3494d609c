package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import java.time.Instant;

/**
 * Something the platform is to be asked for.
 *
 * @param kind what
 * @param at from when on
 * @param rule by which rule
 */
public record Wanted(CommandKind kind, Instant at, RuleId rule) {}
