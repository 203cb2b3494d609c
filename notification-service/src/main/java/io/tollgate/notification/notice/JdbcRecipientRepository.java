package io.tollgate.notification.notice;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whom notices go to, in PostgreSQL: by the accounts and instances that this service knows. */
@Repository
class JdbcRecipientRepository {

  private final JdbcClient jdbc;

  JdbcRecipientRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Lets no account open and no instance begin until this transaction ends: an account is either
   * among the recipients or sees the notice at its opening.
   */
  void holdOpenings() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('notification.openings', 0))")
        .query((row, n) -> n)
        .list();
  }

  /** Fixes the recipients, each once; returns how many there are. */
  int fixRecipients(NoticeId notice, Audience audience) {
    return audience.parts().mapToInt(part -> fix(notice, part)).sum();
  }

  private int fix(NoticeId notice, Audience audience) {
    return switch (audience) {
      case Audience.Several several -> fixRecipients(notice, several);
      case Audience.OwnersOf owners ->
          jdbc.sql(
                  """
                  INSERT INTO notice_recipient (notice_id, account_id)
                  SELECT DISTINCT :notice, account_id FROM account_instance
                  WHERE instance_id = ANY(:instances) AND released_at IS NULL ON CONFLICT DO NOTHING\
                  """)
              .param("notice", notice.value())
              .param(
                  "instances",
                  owners.instances().stream().map(InstanceId::value).toArray(String[]::new))
              .update();
      case Audience.All all ->
          jdbc.sql(
                  """
                  INSERT INTO notice_recipient (notice_id, account_id)
                  SELECT :notice, account_id FROM account WHERE opened_at IS NOT NULL ON CONFLICT DO NOTHING\
                  """)
              .param("notice", notice.value())
              .update();
      case Audience.UsersOf users -> fixUsers(notice, users.product(), false);
      case Audience.EverUsersOf bound -> fixUsers(notice, bound.product(), true);
      case Audience.Accounts accounts ->
          jdbc.sql(
                  """
                  INSERT INTO notice_recipient (notice_id, account_id)
                  SELECT :notice, account_id FROM account WHERE account_id = ANY(:accounts) AND opened_at IS NOT NULL
                  ON CONFLICT DO NOTHING\
                  """)
              .param("notice", notice.value())
              .param(
                  "accounts",
                  accounts.accounts().stream().map(AccountId::value).toArray(String[]::new))
              .update();
    };
  }

  private int fixUsers(NoticeId notice, ProductId product, boolean former) {
    return jdbc.sql(
            """
            INSERT INTO notice_recipient (notice_id, account_id)
            SELECT DISTINCT :notice, account_id FROM account_instance
            WHERE product_id = :product AND (released_at IS NULL OR :former) ON CONFLICT DO NOTHING\
            """)
        .param("notice", notice.value())
        .param("product", product.value())
        .param("former", former)
        .update();
  }

  /** What an audience names and nobody knows, in words; empty when everything is known. */
  Optional<String> unknown(Audience audience) {
    return audience.parts().flatMap(part -> unknownPart(part).stream()).findFirst();
  }

  private Optional<String> unknownPart(Audience part) {
    return switch (part) {
      case Audience.All all -> Optional.empty();
      case Audience.Several several -> unknown(several);
      case Audience.UsersOf users -> unknownProduct(users.product());
      case Audience.EverUsersOf bound -> unknownProduct(bound.product());
      case Audience.OwnersOf owners ->
          named(
              "instance %s is unknown, or released",
              missing(
                  owners.instances().stream().map(InstanceId::value).toList(),
                  "SELECT 1 FROM account_instance WHERE instance_id = id AND released_at IS NULL"));
      case Audience.Accounts accounts ->
          named(
              "account %s is unknown",
              missing(
                  accounts.accounts().stream().map(AccountId::value).toList(),
                  "SELECT 1 FROM account WHERE account_id = id AND opened_at IS NOT NULL"));
    };
  }

  private Optional<String> unknownProduct(ProductId product) {
    return named(
        "product %s is unknown: no account has had an instance of it",
        missing(List.of(product.value()), "SELECT 1 FROM account_instance WHERE product_id = id"));
  }

  private static Optional<String> named(String reason, Optional<String> missing) {
    return missing.map(reason::formatted);
  }

  private Optional<String> missing(Collection<String> ids, String found) {
    return jdbc.sql(
            "SELECT id FROM unnest(:ids::text[]) id WHERE NOT EXISTS (%s) ORDER BY id LIMIT 1"
                .formatted(found))
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .optional();
  }
}
