package io.tollgate.client.notification;

import java.time.Instant;
import java.util.Optional;

/** A notice in an account's inbox. */
public record Message(
    long message,
    String notice,
    String kind,
    String rule,
    Optional<String> subject,
    Optional<Integer> leadDays,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    Instant deliveredAt,
    Optional<Instant> readAt,
    Optional<String> answer,
    boolean withdrawn,
    String language,
    String title,
    String body) {}
