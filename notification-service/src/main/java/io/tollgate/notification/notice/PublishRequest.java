package io.tollgate.notification.notice;

import java.time.Instant;
import java.util.Optional;

/**
 * A notice as an operator sends it.
 *
 * @param kind see {@link NoticeDraft#kind()}
 * @param subject see {@link NoticeDraft#subject()}
 * @param audience see {@link NoticeDraft#audience()}
 * @param effectAt see {@link NoticeDraft#effectAt()}
 * @param answerBy see {@link NoticeDraft#answerBy()}
 * @param announced whether everybody may read it; by default when it concerns every account
 * @param texts see {@link NoticeDraft#texts()}
 */
record PublishRequest(
    NoticeKind kind,
    Optional<String> subject,
    Audience audience,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    Optional<Boolean> announced,
    Texts texts) {

  PublishRequest {
    if (kind == null || audience == null || texts == null) {
      throw new IllegalArgumentException("kind, audience and texts are needed");
    }
    if (announced.orElse(false) && audience instanceof Audience.Accounts) {
      throw new IllegalArgumentException("what concerns single accounts is no public announcement");
    }
  }

  NoticeDraft draft() {
    return new NoticeDraft(
        kind,
        subject,
        audience,
        effectAt,
        answerBy,
        announced.orElse(audience instanceof Audience.All),
        texts);
  }
}
