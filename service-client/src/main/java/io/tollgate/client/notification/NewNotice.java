package io.tollgate.client.notification;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A notice to be published, to those whom its action affects and to a further audience. */
public record NewNotice(
    String kind,
    Optional<JsonNode> action,
    Optional<JsonNode> audience,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    Optional<Boolean> announced,
    Texts texts) {}
