package io.tollgate.notification.directory;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.ContactRecord;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts, instances and contacts in PostgreSQL, as other services' events tell them. */
@Repository
public class JdbcDirectory {

  private final JdbcClient jdbc;

  JdbcDirectory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An account was opened; its row exists and is locked. */
  public void opened(AccountId account, Instant at) {
    jdbc.sql("update account set opened_at = :at where account_id = :account and opened_at is null")
        .param("account", account.value())
        .param("at", Timestamp.from(at))
        .update();
  }

  /** An instance runs for the account. */
  public void registered(AccountId account, InstanceId instance, ProductId product) {
    jdbc.sql(
            """
            insert into account_instance (account_id, instance_id, product_id)
            values (:account, :instance, :product) on conflict do nothing\
            """)
        .param("account", account.value())
        .param("instance", instance.value())
        .param("product", product.value())
        .update();
  }

  /** An instance is gone. */
  public void released(AccountId account, InstanceId instance, Instant at) {
    jdbc.sql(
            """
            update account_instance set released_at = :at
            where account_id = :account and instance_id = :instance and released_at is null\
            """)
        .param("account", account.value())
        .param("instance", instance.value())
        .param("at", Timestamp.from(at))
        .update();
  }

  /** The account's contacts are these from now on: the next notice goes there (C3.1.2). */
  void contact(ContactRecord contact) {
    jdbc.sql(
            """
            insert into contact (account_id, version, name, emails, language, marketing_consent)
            values (:account, :version, :name, :emails, :language, :consent)
            on conflict (account_id) do update
            set version = excluded.version, name = excluded.name, emails = excluded.emails, language = excluded.language,
                marketing_consent = excluded.marketing_consent
            where contact.version < excluded.version\
            """)
        .param("account", contact.account().value())
        .param("version", contact.version())
        .param("name", contact.name())
        .param("emails", contact.emails().toArray(String[]::new))
        .param("language", contact.language())
        .param("consent", contact.marketingConsent())
        .update();
  }

  /**
   * The account's contacts are to be forgotten, also in mails that were not sent, which never will
   * be; of one that is being sent just now it stays unknown whether it got through.
   */
  void forget(String account) {
    jdbc.sql("delete from contact where account_id = :account").param("account", account).update();
    jdbc.sql(
            """
            update email_delivery set address = 'forgotten-' || substr(message_id, 2, 16), state = 'SUPPRESSED',
                   last_error = 'contact removed', uncertain = uncertain or state = 'CLAIMED',
                   claimed_by = null, claimed_at = null
            where account_id = :account and state in ('PENDING', 'CLAIMED', 'FAILED')\
            """)
        .param("account", account)
        .update();
  }
}
