package io.tollgate.notification.notice;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.store.jdbc.SqlArrays;
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
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('notification.openings', 0))")
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
                  insert into notice_recipient (notice_id, account_id)
                  select distinct :notice, account_id from account_instance
                  where instance_id = any(:instances) and released_at is null on conflict do nothing\
                  """)
              .param("notice", notice.value())
              .param("instances", SqlArrays.texts(owners.instances(), InstanceId::value))
              .update();
      case Audience.All all ->
          jdbc.sql(
                  """
                  insert into notice_recipient (notice_id, account_id)
                  select :notice, account_id from account where opened_at is not null on conflict do nothing\
                  """)
              .param("notice", notice.value())
              .update();
      case Audience.UsersOf users -> fixUsers(notice, users.product(), false);
      case Audience.EverUsersOf bound -> fixUsers(notice, bound.product(), true);
      case Audience.Accounts accounts ->
          jdbc.sql(
                  """
                  insert into notice_recipient (notice_id, account_id)
                  select :notice, account_id from account where account_id = any(:accounts) and opened_at is not null
                  on conflict do nothing\
                  """)
              .param("notice", notice.value())
              .param("accounts", SqlArrays.texts(accounts.accounts(), AccountId::value))
              .update();
    };
  }

  private int fixUsers(NoticeId notice, ProductId product, boolean former) {
    return jdbc.sql(
            """
            insert into notice_recipient (notice_id, account_id)
            select distinct :notice, account_id from account_instance
            where product_id = :product and (released_at is null or :former) on conflict do nothing\
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
                  "select 1 from account_instance where instance_id = id and released_at is null"));
      case Audience.Accounts accounts ->
          named(
              "account %s is unknown",
              missing(
                  accounts.accounts().stream().map(AccountId::value).toList(),
                  "select 1 from account where account_id = id and opened_at is not null"));
    };
  }

  private Optional<String> unknownProduct(ProductId product) {
    return named(
        "product %s is unknown: no account has had an instance of it",
        missing(List.of(product.value()), "select 1 from account_instance where product_id = id"));
  }

  private static Optional<String> named(String reason, Optional<String> missing) {
    return missing.map(reason::formatted);
  }

  private Optional<String> missing(Collection<String> ids, String found) {
    return jdbc.sql(
            "select id from unnest(:ids::text[]) id where not exists (%s) order by id limit 1"
                .formatted(found))
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .optional();
  }
}
