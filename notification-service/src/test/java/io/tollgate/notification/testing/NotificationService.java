package io.tollgate.notification.testing;

import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.notification.NotificationApplication;
import io.tollgate.support.security.Scopes;
import io.tollgate.support.security.TokenMinter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on real Kafka, PostgreSQL and SMTP with a test clock, spoken to over HTTP. */
public final class NotificationService implements AutoCloseable {

  /** 1 March 2026, 00:00 in Shanghai. */
  public static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final TokenMinter minter;
  private final HttpClient http = HttpClient.newHttpClient();

  private NotificationService(ConfigurableApplicationContext context, TokenMinter minter) {
    this.context = context;
    this.minter = minter;
  }

  /**
   * Where a service finds its infrastructure.
   *
   * @param directory where it keeps its files, and the tests their signing key
   * @param database the name of its database
   * @param broker the broker's address
   * @param smtpPort the mail server's port
   */
  public record Place(Path directory, String database, String broker, int smtpPort) {

    /** An empty database and the shared broker. */
    public static Place fresh(Path directory, int smtpPort) {
      return new Place(
          directory,
          SharedInfrastructure.freshDatabase(),
          SharedInfrastructure.kafka().bootstrapServers(),
          smtpPort);
    }

    private TokenMinter minter() {
      return TokenMinter.of(directory.resolve("keys"), InstantSource.system());
    }

    /** The arguments of the process. */
    public String[] arguments() {
      var server = SharedInfrastructure.database();
      Map<String, Object> properties = new HashMap<>();
      properties.put(
          "spring.datasource.url", server.jdbcUrl(database) + "?currentSchema=notification");
      properties.put("spring.datasource.username", server.username());
      properties.put("spring.datasource.password", server.password());
      properties.put("spring.mail.port", smtpPort);
      properties.put("spring.mail.properties.mail.smtp.timeout", 2_000);
      properties.put("server.port", 0);
      properties.put("management.server.port", 0);
      properties.put("tollgate.kafka.bootstrap-servers", broker);
      properties.put("tollgate.data-dir", directory.resolve("data"));
      properties.put("tollgate.clock.mode", "test");
      properties.put("tollgate.clock.start", START);
      properties.put("tollgate.security.public-key", minter().publicKeyPem());
      return properties.entrySet().stream()
          .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
          .toArray(String[]::new);
    }
  }

  /** Starts it. */
  public static NotificationService start(Place place) {
    return new NotificationService(
        NotificationApplication.application().registerShutdownHook(false).run(place.arguments()),
        place.minter());
  }

  /** An answer. */
  public record Answer(int status, String contentType, JsonNode body) {

    /** A text of the body by its path, e.g. {@code /items/0/title}. */
    public String text(String pointer) {
      return body.at(pointer).asString("");
    }

    /** The last part of a problem's type. */
    public String problem() {
      String type = text("/type");
      return type.substring(type.lastIndexOf('/') + 1);
    }
  }

  /** A token of an operator who may do everything. */
  public String operator() {
    return minter.operator("olga", Scopes.ALL, VALIDITY);
  }

  /** A token of an operator who may do this only. */
  public String operator(String... scopes) {
    return minter.operator("otto", List.of(scopes), VALIDITY);
  }

  /** A token of an account's customer. */
  public String customer(AccountId account) {
    return minter.customer("user-of-" + account, account, VALIDITY);
  }

  /** Reads. */
  public Answer get(String token, String path) {
    return send(request(token, path).GET());
  }

  /** Posts JSON under a new idempotency key. */
  public Answer post(String token, String path, String body) {
    return post(token, path, body, UUID.randomUUID().toString());
  }

  /** Posts JSON under an idempotency key. */
  public Answer post(String token, String path, String body, String key) {
    return send(
        request(token, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A request to be completed. */
  public HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri("local.server.port", path));
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  /** The text of a page of the management port. */
  public String management(String path) {
    return exchange(
            HttpRequest.newBuilder(uri("local.management.port", path)).GET().build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Sends a request and reads the answer with a handler. */
  public <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response =
        exchange(
            request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean json = type.contains("json") && !response.body().isEmpty();
    return new Answer(
        response.statusCode(),
        type,
        json ? JSON.readTree(response.body()) : JSON.createObjectNode());
  }

  private URI uri(String port, String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port) + path);
  }

  /** Steps the test clock. */
  public void stepTo(Instant to) {
    Answer answer = post(operator(), "/v1/clock/step", "{\"to\":\"" + to + "\"}");
    if (answer.status() != 200) {
      throw new IllegalStateException("the clock was not stepped: " + answer);
    }
  }

  /** Whether nothing is left to do at the clock's instant, seen twice with equal counters. */
  public boolean settled() {
    JsonNode first = get(operator(), "/v1/clock").body();
    JsonNode second = get(operator(), "/v1/clock").body();
    return first.at("/settled").asBoolean(false) && first.equals(second);
  }

  /** Its database. */
  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  /** A bean of it. */
  public <B> B bean(Class<B> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
