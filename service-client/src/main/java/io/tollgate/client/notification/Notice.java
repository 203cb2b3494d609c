package io.tollgate.client.notification;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A published notice. */
public record Notice(
    String id,
    String kind,
    String rule,
    Optional<String> gate,
    Optional<JsonNode> action,
    Optional<String> subject,
    Optional<Integer> leadDays,
    Optional<Instant> askedEffectAt,
    Optional<Instant> opensAt,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    boolean announced,
    String state,
    Instant publishedAt,
    String publishedBy,
    Texts texts) {}
