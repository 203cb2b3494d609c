package io.tollgate.notification.notice;

import java.time.Instant;
import java.util.Optional;

/**
 * What an operator wants to publish.
 *
 * @param kind the kind
 * @param subject what the gated action will name: a product, a region, an account ...; needed for
 *     gated kinds
 * @param audience whom it concerns
 * @param effectAt when the announced thing shall happen; needed for gated kinds
 * @param answerBy until when a complaint is to be answered (C3.1.9); needed for complaints
 * @param announced whether it is a public announcement too
 * @param texts the notice in both languages
 */
public record NoticeDraft(
    NoticeKind kind,
    Optional<String> subject,
    Audience audience,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    boolean announced,
    Texts texts) {}
