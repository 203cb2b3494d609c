package io.tollgate.notification.proof;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.notification.email.DeliveryView;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads proofs from recipients, messages and e-mails. */
@Repository
class JdbcProofRepository {

  private final JdbcClient jdbc;

  JdbcProofRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean exists(NoticeId notice) {
    return jdbc.sql("select exists (select 1 from notice where notice_id = :notice)")
        .param("notice", notice.value())
        .query(Boolean.class)
        .single();
  }

  /** Proofs of a notice in the order of accounts, after one. */
  List<RecipientProof> proof(NoticeId notice, String after, int limit) {
    List<RecipientProof> recipients = recipients(notice, after, limit);
    Map<String, List<DeliveryView>> emails = emails(notice, recipients);
    return recipients.stream()
        .map(each -> each.with(emails.getOrDefault(each.account().value(), List.of())))
        .toList();
  }

  private List<RecipientProof> recipients(NoticeId notice, String after, int limit) {
    return jdbc.sql(
            """
            select a.account_id, r.account_id is not null or n.cause is not null as concerned,
                   m.number, m.delivered_at, m.read_at, m.answer, m.answered_at
            from (select account_id from notice_recipient where notice_id = :notice and account_id > :after
                  union
                  select account_id from message where notice_id = :notice and account_id > :after) a
            join notice n on n.notice_id = :notice
            left join notice_recipient r on r.notice_id = :notice and r.account_id = a.account_id
            left join message m on m.notice_id = :notice and m.account_id = a.account_id
            order by a.account_id limit :limit\
            """)
        .param("notice", notice.value())
        .param("after", after)
        .param("limit", limit)
        .query(JdbcProofRepository::map)
        .list();
  }

  private Map<String, List<DeliveryView>> emails(NoticeId notice, List<RecipientProof> of) {
    return jdbc
        .sql(
            DeliveryView.SELECT
                + "where notice_id = :notice and account_id = any(:accounts) order by account_id,"
                + " address")
        .param("notice", notice.value())
        .param("accounts", SqlArrays.texts(of, each -> each.account().value()))
        .query(DeliveryView::map)
        .list()
        .stream()
        .collect(Collectors.groupingBy(DeliveryView::account));
  }

  private static RecipientProof map(ResultSet row, int n) throws SQLException {
    return new RecipientProof(
        AccountId.of(row.getString("account_id")),
        row.getBoolean("concerned"),
        Optional.ofNullable(row.getObject("number", Long.class)),
        Columns.optionalInstant(row, "delivered_at"),
        Columns.optionalInstant(row, "read_at"),
        Optional.ofNullable(row.getString("answer")),
        Columns.optionalInstant(row, "answered_at"),
        List.of());
  }
}
