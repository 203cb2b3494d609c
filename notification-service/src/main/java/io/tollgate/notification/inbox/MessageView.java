package io.tollgate.notification.inbox;

import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.Language;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A message as the account sees it, in one language.
 *
 * @param message its number in the inbox
 * @param language of title and body
 */
record MessageView(
    long message,
    NoticeId notice,
    NoticeKind kind,
    String rule,
    Optional<String> subject,
    int leadDays,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    Instant deliveredAt,
    Optional<Instant> readAt,
    Optional<Answer> answer,
    boolean withdrawn,
    String language,
    String title,
    String body) {

  static MessageView of(Message message, Language language) {
    NoticeText text = message.texts().in(language);
    return new MessageView(
        message.number(),
        message.notice(),
        message.kind(),
        message.rule().value(),
        message.subject(),
        message.leadDays(),
        message.effectAt(),
        message.answerBy(),
        message.deliveredAt(),
        message.readAt(),
        message.answer(),
        message.withdrawn(),
        language.name().toLowerCase(Locale.ROOT),
        text.title(),
        text.body());
  }
}
