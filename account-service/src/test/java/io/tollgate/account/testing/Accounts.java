package io.tollgate.account.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.account.AccountApplication;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.support.security.Scopes;
import io.tollgate.support.security.TokenMinter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The account service with a test clock, spoken to over HTTP. */
public final class Accounts implements AutoCloseable {

  /** 1 March 2026, 00:00 in Shanghai. */
  public static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final TokenMinter minter;
  private final WebTestClient http;

  private Accounts(ConfigurableApplicationContext context, TokenMinter minter) {
    this.context = context;
    this.minter = minter;
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    this.http =
        WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .responseTimeout(LIMIT)
            .build();
  }

  /** Starts it on an empty database. */
  public static Accounts start(Path directory) {
    TokenMinter minter = TokenMinter.of(directory.resolve("keys"), InstantSource.system());
    var database = SharedInfrastructure.database();
    String url = database.jdbcUrl(SharedInfrastructure.freshDatabase()) + "?currentSchema=account";
    return new Accounts(
        AccountApplication.application()
            .registerShutdownHook(false)
            .run(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--server.port=0",
                "--management.server.port=0",
                "--tollgate.kafka.bootstrap-servers="
                    + SharedInfrastructure.kafka().bootstrapServers(),
                "--tollgate.data-dir=" + directory.resolve("data"),
                "--tollgate.clock.mode=test",
                "--tollgate.clock.start=" + START,
                "--tollgate.security.public-key=" + minter.publicKeyPem()),
        minter);
  }

  /**
   * What was answered.
   *
   * @param status the HTTP status
   * @param body the JSON body; an empty object without one
   */
  public record Answer(int status, JsonNode body) {

    /** A text by its JSON pointer. */
    public String text(String pointer) {
      return body.at(pointer).asString("");
    }
  }

  /** Somebody with a token. */
  public final class User {
    private final String token;

    private User(String token) {
      this.token = token;
    }

    public Answer get(String path) {
      return send(HttpMethod.GET, path, "");
    }

    /** The status alone, whatever the body is. */
    public int status(String path) {
      return exchange(HttpMethod.GET, path, "").getStatus().value();
    }

    public Answer post(String path, String body) {
      return send(HttpMethod.POST, path, body);
    }

    public Answer put(String path, String body) {
      return send(HttpMethod.PUT, path, body);
    }

    public Answer delete(String path) {
      return send(HttpMethod.DELETE, path, "");
    }

    private Answer send(HttpMethod method, String path, String body) {
      var result = exchange(method, path, body);
      String text = result.getResponseBody();
      return new Answer(
          result.getStatus().value(),
          text == null || text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text));
    }

    private EntityExchangeResult<String> exchange(HttpMethod method, String path, String body) {
      var request = http.method(method).uri(path);
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      if (method.equals(HttpMethod.POST)) {
        request.header("Idempotency-Key", UUID.randomUUID().toString());
      }
      if (!body.isEmpty()) {
        request.contentType(MediaType.APPLICATION_JSON).bodyValue(body.replace('\'', '"'));
      }
      return request.exchange().expectBody(String.class).returnResult();
    }
  }

  /** An operator who may do everything. */
  public User operator() {
    return new User(minter.operator("olga", Scopes.ALL, VALIDITY));
  }

  /** An operator who may only read. */
  public User reader() {
    return new User(minter.operator("rita", java.util.List.of(), VALIDITY));
  }

  /** A platform. */
  public User platform(String name) {
    return new User(minter.platform(name, VALIDITY));
  }

  /** A customer of an account. */
  public User customer(String account) {
    return new User(minter.customer("user-of-" + account, AccountId.of(account), VALIDITY));
  }

  /** Nobody. */
  public User nobody() {
    return new User("");
  }

  /** Opens an account. */
  public void open(String account) {
    assertThat(operator().post("/v1/accounts", "{'account':'" + account + "'}").status())
        .isEqualTo(201);
  }

  /** Registers an instance of product vm as its platform does. */
  public void register(String account, String instance, String platform) {
    assertThat(
            platform(platform)
                .post(
                    "/v1/accounts/" + account + "/instances",
                    "{'instance':'" + instance + "','product':'vm','specification':'small'}")
                .status())
        .isEqualTo(201);
  }

  /** The state of an instance. */
  public String state(String instance) {
    return operator().get("/v1/instances/" + instance).text("/state");
  }

  /** Steps the clock and waits until everything due is done. */
  public void stepTo(String instant) {
    assertThat(operator().post("/v1/clock/step", "{'to':'" + instant + "'}").status())
        .isEqualTo(200);
    settle();
  }

  /** Waits until everything is read, done and told. */
  public void settle() {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(operator().get("/v1/clock").body().at("/laggards").toString())
                    .isEqualTo("[]"));
  }

  /** A bean of it. */
  public <B> B bean(String name, Class<B> type) {
    return context.getBean(name, type);
  }

  /** Its database. */
  public JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
