package io.tollgate.client.metering;

import java.time.Instant;
import java.util.Optional;

/** Another event with the same identity, which was rejected. */
public record RejectedEvent(String reason, String detail, Optional<Instant> tick) {}
