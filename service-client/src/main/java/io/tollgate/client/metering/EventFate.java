package io.tollgate.client.metering;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of an event: counted in which totals, waiting, a duplicate, or why it is not counted.
 */
public record EventFate(
    String source,
    String instance,
    String id,
    Optional<String> platform,
    String fate,
    Optional<String> reason,
    Optional<String> detail,
    Optional<String> type,
    Optional<Instant> time,
    Optional<List<WindowTotal>> totals,
    Optional<Long> duplicates,
    Optional<List<RejectedEvent>> refusals) {}
