package io.tollgate.account.webhooks;

import io.tollgate.model.PlatformId;
import io.tollgate.store.jdbc.Rows;
import java.net.URI;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Webhooks of platforms in PostgreSQL. */
@Repository
class JdbcWebhookRepository {

  private final JdbcClient jdbc;

  JdbcWebhookRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Endpoint> find(PlatformId platform) {
    return jdbc.sql("select url, secret from webhook where platform = :platform")
        .param("platform", platform.value())
        .query((row, n) -> new Endpoint(URI.create(row.getString(1)), row.getString(2)))
        .optional();
  }

  void save(PlatformId platform, Endpoint endpoint) {
    int saved =
        jdbc.sql(
                """
                insert into webhook (platform, url, secret) values (:platform, :url, :secret)
                on conflict (platform) do update set url = excluded.url, secret = excluded.secret
                """)
            .param("platform", platform.value())
            .param("url", endpoint.url().toString())
            .param("secret", endpoint.secret())
            .update();
    Rows.expectOne(saved, "webhook");
  }

  boolean remove(PlatformId platform) {
    return jdbc.sql("delete from webhook where platform = :platform")
            .param("platform", platform.value())
            .update()
        == 1;
  }
}
