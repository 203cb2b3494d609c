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
   * Stores an endpoint and enables it. A secret or key that is replaced or left out signs on until
   * then.
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
                  previous_secret = case when e.secret <> coalesce(excluded.secret, '')
                                         then e.secret else e.previous_secret end,
                  previous_secret_until = case when e.secret <> coalesce(excluded.secret, '')
                                               then :until else e.previous_secret_until end,
                  secret = excluded.secret,
                  previous_private_key = case when e.private_key <> coalesce(excluded.private_key, '')
                                              then e.private_key else e.previous_private_key end,
                  previous_key_until = case when e.private_key <> coalesce(excluded.private_key, '')
                                            then :until else e.previous_key_until end,
                  private_key = excluded.private_key,
                  public_key = excluded.public_key,
                  paused_until = null, disabled_at = null
                """)
            .param("owner", owner)
            .param("url", url.toString())
            .param("secret", secret.orElse(null))
            .param("private", pair.map(each -> each.privateKey().encoded()).orElse(null))
            .param("public", pair.map(SigningKeyPair::publicKey).orElse(null))
            .param("until", Timestamp.from(previousUntil))
            .update();
    Rows.expectOne(saved, "webhook endpoint");
  }

  Optional<WebhookView> view(String owner) {
    return jdbc.sql(
            """
            select url, public_key, previous_secret_until, previous_key_until, paused_until,
                   disabled_at
              from webhook_endpoint where owner = :owner
            """)
        .param("owner", owner)
        .query(
            (row, n) ->
                new WebhookView(
                    URI.create(row.getString("url")),
                    Optional.ofNullable(row.getString("public_key")),
                    Columns.optionalInstant(row, "previous_secret_until"),
                    Columns.optionalInstant(row, "previous_key_until"),
                    Columns.optionalInstant(row, "paused_until"),
                    Columns.optionalInstant(row, "disabled_at")))
        .optional();
  }

  /** The endpoint with the keys that sign at an instant. */
  Optional<Endpoint> find(String owner, Instant at) {
    return jdbc.sql(
            """
            select owner, url, secret, private_key,
                   case when previous_secret_until > :at then previous_secret end as previous_secret,
                   case when previous_key_until > :at then previous_private_key end
                     as previous_private_key
              from webhook_endpoint where owner = :owner and disabled_at is null
            """)
        .param("owner", owner)
        .param("at", Timestamp.from(at))
        .query((row, n) -> endpoint(row))
        .optional();
  }

  private static Endpoint endpoint(ResultSet row) throws SQLException {
    return new Endpoint(
        row.getString("owner"),
        URI.create(row.getString("url")),
        new SigningKeys(
            present(row, "secret", "previous_secret"),
            present(row, "private_key", "previous_private_key").stream()
                .map(SigningKey::new)
                .toList()));
  }

  private static List<String> present(ResultSet row, String newest, String previous)
      throws SQLException {
    return Stream.of(
            Optional.ofNullable(row.getString(newest)),
            Optional.ofNullable(row.getString(previous)))
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<SigningKeyPair> keyPair(String owner) {
    return jdbc.sql(
            """
            select private_key, public_key from webhook_endpoint
             where owner = :owner and private_key is not null
            """)
        .param("owner", owner)
        .query((row, n) -> new SigningKeyPair(new SigningKey(row.getString(1)), row.getString(2)))
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
