package io.tollgate.store.webhook;

import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Endpoints in PostgreSQL, one of each owner. */
final class JdbcEndpointRepository {

  private final JdbcClient jdbc;

  JdbcEndpointRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores an endpoint and enables it. A secret that is replaced signs on until then; a key pair
   * that there is stays.
   */
  void save(
      String owner,
      URI url,
      Optional<String> secret,
      Optional<SigningKeyPair> pair,
      Instant previousUntil) {
    int saved =
        jdbc.sql(
                """
                insert into webhook_endpoint as e (owner, url, secret, private_key, public_key)
                values (:owner, :url, :secret, :private, :public)
                on conflict (owner) do update set
                  url = excluded.url,
                  previous_secret = case when e.secret is distinct from excluded.secret
                                         then e.secret else e.previous_secret end,
                  previous_until = case when e.secret is distinct from excluded.secret
                                        then case when e.secret is not null then :until end
                                        else e.previous_until end,
                  secret = excluded.secret,
                  private_key = excluded.private_key,
                  public_key = excluded.public_key,
                  paused_until = null, disabled_at = null
                """)
            .param("owner", owner)
            .param("url", url.toString())
            .param("secret", secret.orElse(null))
            .param("private", pair.map(SigningKeyPair::privateKey).orElse(null))
            .param("public", pair.map(SigningKeyPair::publicKey).orElse(null))
            .param("until", Timestamp.from(previousUntil))
            .update();
    Rows.expectOne(saved, "webhook endpoint");
  }

  Optional<WebhookView> view(String owner) {
    return jdbc.sql(
            """
            select url, public_key, previous_until, paused_until, disabled_at
              from webhook_endpoint where owner = :owner
            """)
        .param("owner", owner)
        .query(
            (row, n) ->
                new WebhookView(
                    URI.create(row.getString("url")),
                    Optional.ofNullable(row.getString("public_key")),
                    Columns.optionalInstant(row, "previous_until"),
                    Columns.optionalInstant(row, "paused_until"),
                    Columns.optionalInstant(row, "disabled_at")))
        .optional();
  }

  /** The endpoint with the keys that sign at an instant. */
  Optional<Endpoint> find(String owner, Instant at) {
    return jdbc.sql(
            """
            select owner, url, secret, private_key, public_key,
                   case when previous_until > :at then previous_secret end as previous_secret
              from webhook_endpoint where owner = :owner and disabled_at is null
            """)
        .param("owner", owner)
        .param("at", Timestamp.from(at))
        .query((row, n) -> endpoint(row))
        .optional();
  }

  private static Endpoint endpoint(ResultSet row) throws SQLException {
    List<String> secrets =
        Stream.of(
                Optional.ofNullable(row.getString("secret")),
                Optional.ofNullable(row.getString("previous_secret")))
            .flatMap(Optional::stream)
            .toList();
    String publicKey = row.getString("public_key");
    String privateKey = row.getString("private_key");
    return new Endpoint(
        row.getString("owner"),
        URI.create(row.getString("url")),
        new SigningKeys(
            secrets,
            Optional.ofNullable(privateKey).map(key -> new SigningKeyPair(key, publicKey))));
  }

  Optional<SigningKeyPair> keyPair(String owner) {
    return jdbc.sql(
            """
            select private_key, public_key from webhook_endpoint
             where owner = :owner and private_key is not null
            """)
        .param("owner", owner)
        .query((row, n) -> new SigningKeyPair(row.getString(1), row.getString(2)))
        .optional();
  }

  boolean remove(String owner) {
    return jdbc.sql("delete from webhook_endpoint where owner = :owner")
            .param("owner", owner)
            .update()
        == 1;
  }

  /** Nothing is posted before. */
  void pause(String owner, Instant until) {
    jdbc.sql(
            """
            update webhook_endpoint set paused_until = greatest(paused_until, :until)
             where owner = :owner
            """)
        .param("owner", owner)
        .param("until", Timestamp.from(until))
        .update();
  }

  /** Nothing is posted any more. */
  void disable(String owner, Instant at) {
    jdbc.sql(
            """
            update webhook_endpoint set disabled_at = coalesce(disabled_at, :at)
             where owner = :owner
            """)
        .param("owner", owner)
        .param("at", Timestamp.from(at))
        .update();
  }
}
