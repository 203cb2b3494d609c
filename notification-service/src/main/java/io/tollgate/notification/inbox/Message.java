package io.tollgate.notification.inbox;

import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import io.tollgate.notification.notice.Texts;
import io.tollgate.store.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice in an account's inbox.
 *
 * @param number 1, 2, 3 ... for each account
 * @param notice the notice
 * @param kind its kind
 * @param rule the rule that demands it
 * @param subject what it is about, where its action names it
 * @param leadDays its lead
 * @param effectAt when what it announces takes effect
 * @param answerBy deadline of an answer
 * @param deliveredAt when it was put here
 * @param readAt when it was first read
 * @param answer the customer's answer
 * @param withdrawn whether the notice was withdrawn since
 * @param texts in both languages
 */
record Message(
    long number,
    NoticeId notice,
    NoticeKind kind,
    RuleId rule,
    Optional<String> subject,
    int leadDays,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    Instant deliveredAt,
    Optional<Instant> readAt,
    Optional<Answer> answer,
    boolean withdrawn,
    Texts texts) {

  static Message map(ResultSet row, int n) throws SQLException {
    return new Message(
        row.getLong("number"),
        NoticeId.of(row.getString("notice_id")),
        NoticeKind.valueOf(row.getString("kind")),
        RuleId.of(row.getString("rule")),
        Optional.ofNullable(row.getString("subject")),
        row.getInt("lead_days"),
        Columns.optionalInstant(row, "effect_at"),
        Columns.optionalInstant(row, "answer_by"),
        Columns.instant(row, "delivered_at"),
        Columns.optionalInstant(row, "read_at"),
        Optional.ofNullable(row.getString("answer")).map(Answer::valueOf),
        "WITHDRAWN".equals(row.getString("state")),
        new Texts(
            new NoticeText(row.getString("title_en"), row.getString("body_en")),
            new NoticeText(row.getString("title_zh"), row.getString("body_zh"))));
  }
}
