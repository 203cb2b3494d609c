package io.tollgate.client.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service instance and where it is in its life. */
public record Instance(
    String instance,
    String account,
    String product,
    String platform,
    Optional<String> specification,
    Optional<String> mode,
    String state,
    boolean mayRun,
    Optional<List<String>> holds,
    Optional<List<String>> accountHolds,
    Optional<List<String>> restrictions,
    Optional<List<String>> accountRestrictions,
    Optional<String> legalHoldReason,
    Optional<Integer> backupDays,
    Optional<Instant> backupsKeptUntil,
    Optional<Instant> registeredAt,
    Optional<Instant> endedAt,
    Optional<Instant> owingSince,
    Optional<Instant> suspendAt,
    Optional<Instant> terminatedAt,
    Optional<Boolean> legalHold,
    Optional<Instant> retainedUntil,
    Optional<Instant> nextStepAt,
    Optional<String> deletionWithheld) {}
