package io.tollgate.testing;

import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.support.security.Scopes;
import io.tollgate.support.security.TokenMinter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One service with a test clock, on an empty database of its own and the shared broker. */
public final class RunningService implements AutoCloseable {
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ConfigurableApplicationContext context;
  private final TokenMinter minter;
  private final URI base;

  private RunningService(ConfigurableApplicationContext context, TokenMinter minter) {
    this.context = context;
    this.minter = minter;
    this.base =
        URI.create(
            "http://127.0.0.1:"
                + context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /**
   * Starts a service.
   *
   * @param application its application class
   * @param name its name: of its configuration file and database schema
   * @param directory where it keeps its files
   * @param clock where the test clock begins
   * @param settings further settings, each {@code name=value}
   */
  public static RunningService start(
      Class<?> application, String name, Path directory, Instant clock, String... settings) {
    TokenMinter minter = TokenMinter.of(directory.resolve("keys"), InstantSource.system());
    var database = SharedInfrastructure.database();
    String url = database.jdbcUrl(SharedInfrastructure.freshDatabase()) + "?currentSchema=" + name;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "spring.datasource.url=" + url,
                "spring.datasource.username=" + database.username(),
                "spring.datasource.password=" + database.password(),
                "server.port=0",
                "management.server.port=0",
                "tollgate.kafka.bootstrap-servers="
                    + SharedInfrastructure.kafka().bootstrapServers(),
                "tollgate.data-dir=" + directory.resolve("data"),
                "tollgate.clock.mode=test",
                "tollgate.clock.start=" + clock,
                "tollgate.security.public-key=" + minter.publicKeyPem()));
    arguments.addAll(List.of(settings));
    return new RunningService(
        new SpringApplicationBuilder(application)
            .properties("spring.config.name=" + name)
            .registerShutdownHook(false)
            .run(arguments.stream().map(setting -> "--" + setting).toArray(String[]::new)),
        minter);
  }

  /** An operator who may do everything. */
  public User operator() {
    return user(minter.operator("olga", Scopes.ALL, VALIDITY));
  }

  /** An operator who may only read. */
  public User reader() {
    return user(minter.operator("rita", List.of(), VALIDITY));
  }

  /** A platform. */
  public User platform(String name) {
    return user(minter.platform(name, VALIDITY));
  }

  /** A customer of an account. */
  public User customer(String account) {
    return user(minter.customer("user-of-" + account, AccountId.of(account), VALIDITY));
  }

  /** Nobody. */
  public User nobody() {
    return user("");
  }

  private User user(String token) {
    return new User(base, token);
  }

  /** Steps the clock and waits until everything due is done. */
  public void stepTo(String instant) {
    User.Answer answer = operator().post("/v1/clock/step", "{'to':'" + instant + "'}");
    if (answer.status() != 200) {
      throw new AssertionError("the clock can't be stepped: " + answer);
    }
    settle();
  }

  /** Waits until everything is read, done and told. */
  public void settle() {
    Await.until(
        LIMIT,
        () -> operator().get("/v1/clock").body().at("/laggards").toString(),
        laggards -> laggards.equals("[]"));
  }

  /** A bean of it. */
  public <B> B bean(Class<B> type) {
    return context.getBean(type);
  }

  /** Its context, for what only its inside knows. */
  public ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
