package io.tollgate.account.contacts;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.store.jdbc.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Contacts in PostgreSQL. */
@Repository
class JdbcContactRepository {

  private final JdbcClient jdbc;

  JdbcContactRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The contacts of an account, unless none were given or they were removed. */
  Optional<ContactRecord> find(AccountId account) {
    return jdbc.sql(
            """
            select account, version, name, emails, language, marketing_consent
              from contact where account = :account and name is not null
            """)
        .param("account", account.value())
        .query((row, n) -> contact(row))
        .optional();
  }

  /** The version the next change gets. */
  long nextVersion(AccountId account) {
    return jdbc.sql("select coalesce(max(version), 0) + 1 from contact where account = :account")
        .param("account", account.value())
        .query(Long.class)
        .single();
  }

  /** Raises the version, also of contacts that were removed. */
  void raiseVersion(AccountId account, long by) {
    jdbc.sql("update contact set version = version + ? where account = ?")
        .params(by, account.value())
        .update();
  }

  void save(ContactRecord contact) {
    int saved =
        jdbc.sql(
                """
                insert into contact (account, version, name, emails, language, marketing_consent)
                values (:account, :version, :name, :emails::text[], :language, :consent)
                on conflict (account) do update
                   set version = excluded.version, name = excluded.name, emails = excluded.emails,
                       language = excluded.language, marketing_consent = excluded.marketing_consent
                """)
            .param("account", contact.account().value())
            .param("version", contact.version())
            .param("name", contact.name())
            .param("emails", contact.emails().toArray(String[]::new))
            .param("language", contact.language())
            .param("consent", contact.marketingConsent())
            .update();
    Rows.expectOne(saved, "contact");
  }

  /** Forgets everything but the version; false when there was nothing. */
  boolean remove(AccountId account) {
    return jdbc.sql(
                """
                update contact set version = version + 1, name = null, emails = null,
                       language = null, marketing_consent = null
                 where account = :account and name is not null
                """)
            .param("account", account.value())
            .update()
        == 1;
  }

  private static ContactRecord contact(ResultSet row) throws SQLException {
    return new ContactRecord(
        AccountId.of(row.getString("account")),
        row.getLong("version"),
        row.getString("name"),
        List.of((String[]) row.getArray("emails").getArray()),
        row.getString("language"),
        row.getBoolean("marketing_consent"));
  }
}
