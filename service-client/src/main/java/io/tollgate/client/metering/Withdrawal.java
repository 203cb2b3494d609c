package io.tollgate.client.metering;

import java.time.Instant;

/** That a version of a meter was withdrawn before it took effect. */
public record Withdrawal(Instant at, String by, String reason) {}
