package io.tollgate.testing;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.TokenMinter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** One service with a test clock, on a database of its own and the shared broker. */
public final class RunningService implements AutoCloseable {
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ConfigurableApplicationContext context;
  private final TokenMinter minter;

  private RunningService(ConfigurableApplicationContext context, TokenMinter minter) {
    this.context = context;
    this.minter = minter;
  }

  /**
   * Starts a service on an empty database.
   *
   * @param application its application class
   * @param name its name: of its configuration file and database schema
   * @param directory where it keeps its files
   * @param clock where the test clock begins
   * @param settings further settings, each {@code name=value}
   */
  public static RunningService start(
      Class<?> application, String name, Path directory, Instant clock, String... settings) {
    return start(application, ServicePlace.fresh(name, directory, clock, settings));
  }

  /** Starts a service on what it finds. */
  public static RunningService start(Class<?> application, ServicePlace place) {
    return new RunningService(
        new SpringApplicationBuilder(application)
            .properties("spring.config.name=" + place.service())
            .registerShutdownHook(false)
            .run(place.arguments().toArray(String[]::new)),
        place.minter());
  }

  /** An operator who may do everything. */
  public User operator() {
    return bearer(minter.operator("olga", Scopes.ALL, VALIDITY));
  }

  /** An operator who may only read. */
  public User reader() {
    return bearer(minter.operator("rita", List.of(), VALIDITY));
  }

  /** An operator who may do this only, and read. */
  public User operatorFor(String scope) {
    return bearer(minter.operator("otto", List.of(scope), VALIDITY));
  }

  /** An operator of another name who may do this only, and read. */
  public User operatorFor(String name, String scope) {
    return bearer(minter.operator(name, List.of(scope), VALIDITY));
  }

  /** A platform. */
  public User platform(String name) {
    return bearer(minter.platform(name, VALIDITY));
  }

  /** A customer of an account. */
  public User customer(String account) {
    return customer(AccountId.of(account));
  }

  /** A customer of an account. */
  public User customer(AccountId account) {
    return bearer(minter.customer("user-of-" + account, account, VALIDITY));
  }

  /** Nobody. */
  public User nobody() {
    return bearer("");
  }

  /** Whoever has this token. */
  public User bearer(String token) {
    return new User(base("local.server.port"), token);
  }

  /** The text of a page of the management port. */
  public String management(String path) {
    return new User(base("local.management.port"), minter.monitor(VALIDITY)).text(path);
  }

  private URI base(String port) {
    return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port));
  }

  /** Steps the clock and waits until everything due is done. */
  public void stepTo(String instant) {
    step(instant);
    settle();
  }

  /** Steps the clock, unless it stands later already, and waits for nothing. */
  public void step(String instant) {
    Answer answer = operator().post("/v1/clock/step", "{'to':'" + instant + "'}");
    if (answer.status() != 200 && !answer.text("/type").endsWith("/clock-past")) {
      throw new AssertionError("the clock cannot be stepped: " + answer);
    }
  }

  /** Waits until everything is read, done and told: seen twice with equal counters. */
  public void settle() {
    Await.until(LIMIT, this::settled, settled -> settled);
  }

  /** Whether everything is read, done and told. */
  public boolean settled() {
    JsonNode first = clock();
    return first.at("/settled").asBoolean(false) && first.equals(clock());
  }

  /** Where the clock stands. */
  public Instant now() {
    return Instant.parse(clock().at("/now").asString());
  }

  private JsonNode clock() {
    return operator().get("/v1/clock").body();
  }

  /** A bean of it. */
  public <B> B bean(Class<B> type) {
    return context.getBean(type);
  }

  /** Its context, for what only its inside knows. */
  public ConfigurableApplicationContext context() {
    return context;
  }

  /** Stops it; whoever starts next need not wait for its places in the consumer groups. */
  @Override
  public void close() {
    StaticMembers members = StaticMembers.of(bean(KafkaClients.class));
    context.close();
    members.leave();
  }
}
