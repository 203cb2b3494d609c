package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice to be stored.
 *
 * @param id its id
 * @param cause id of the event that caused it; the same cause makes one notice. Empty for an
 *     operator's
 * @param rule the rule that demands it
 * @param leadDays see {@link Notice#leadDays()}
 * @param correlation what the asker wants to hear back on delivery
 * @param traceparent the trace of what caused it, where there is one; its e-mails continue it
 * @param publishedAt business instant
 * @param publishedBy see {@link Notice#publishedBy()}
 * @param draft kind, subject, effect and texts
 */
public record NewNotice(
    NoticeId id,
    Optional<String> cause,
    RuleId rule,
    int leadDays,
    Optional<String> correlation,
    Optional<String> traceparent,
    Instant publishedAt,
    String publishedBy,
    NoticeDraft draft) {}
