package io.tollgate.client.account;

import java.time.Instant;
import java.util.Optional;

/** A command to a platform; repeated until it is acknowledged. */
public record Command(
    long number,
    String account,
    String command,
    String instance,
    String platform,
    String kind,
    String rule,
    Instant wantedAt,
    Optional<Instant> backupsKeptUntil,
    String state,
    int delivery,
    Optional<Instant> acknowledgedAt) {}
