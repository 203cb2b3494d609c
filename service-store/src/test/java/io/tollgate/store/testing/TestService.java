package io.tollgate.store.testing;

import io.tollgate.store.StoreConfiguration;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** A running service made of nothing but the support, on real Kafka and PostgreSQL. */
public final class TestService implements AutoCloseable {

  /** Two, so that partitions are there to disturb each other. */
  public static final int PARTITIONS = 2;

  private final ConfigurableApplicationContext context;

  private TestService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** What the service is made of. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(StoreConfiguration.class)
  static class Application {

    @Bean
    @ConditionalOnWebApplication
    SecurityWebFilterChain open(ServerHttpSecurity http) {
      return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
          .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
          .build();
    }
  }

  /** How to start a service. */
  public static final class Builder {
    private final Map<String, Object> properties = new HashMap<>();
    private final List<Consumer<GenericApplicationContext>> beans = new ArrayList<>();
    private WebApplicationType web = WebApplicationType.NONE;

    private Builder(
        String name, String url, String username, String password, String kafka, Path data) {
      properties.put("spring.application.name", name);
      properties.put("spring.datasource.url", url);
      properties.put("spring.datasource.username", username);
      properties.put("spring.datasource.password", password);
      properties.put("spring.flyway.locations", "classpath:db/support,classpath:db/testing");
      properties.put("spring.main.banner-mode", "off");
      properties.put("tollgate.kafka.bootstrap-servers", kafka);
      properties.put("tollgate.kafka.partitions", PARTITIONS);
      properties.put("tollgate.data-dir", data.toString());
    }

    /** Sets a property. */
    public Builder with(String property, Object value) {
      properties.put(property, value);
      return this;
    }

    /** Adds a bean. */
    public <B> Builder bean(String name, Class<B> type, B bean) {
      beans.add(context -> context.registerBean(name, type, () -> bean));
      return this;
    }

    /** Adds a configuration class or another class to be made by the context. */
    public Builder component(Class<?> type) {
      beans.add(context -> context.registerBean(type));
      return this;
    }

    /** Listens on a free port. */
    public Builder web() {
      web = WebApplicationType.REACTIVE;
      properties.put("server.port", 0);
      return this;
    }

    /** Starts it. */
    public TestService start() {
      return new TestService(
          new SpringApplicationBuilder(Application.class)
              .web(web)
              .registerShutdownHook(false)
              .initializers(
                  context -> beans.forEach(b -> b.accept((GenericApplicationContext) context)))
              .run(
                  properties.entrySet().stream()
                      .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                      .toArray(String[]::new)));
    }
  }

  /** A service of this name on a database. */
  public static Builder named(String name, String database, Path dataDirectory) {
    var server = SharedInfrastructure.database();
    return named(
        name,
        server.jdbcUrl(database),
        server.username(),
        server.password(),
        SharedInfrastructure.kafka().bootstrapServers(),
        dataDirectory);
  }

  /** A service on infrastructure of another process. */
  public static Builder named(
      String name, String url, String username, String password, String kafka, Path data) {
    return new Builder(name, url, username, password, kafka, data);
  }

  /** A bean. */
  public <B> B get(Class<B> type) {
    return context.getBean(type);
  }

  /** A property, e.g. {@code local.server.port}. */
  public String property(String name) {
    return context.getEnvironment().getRequiredProperty(name);
  }

  /** Its database. */
  public JdbcClient jdbc() {
    return get(JdbcClient.class);
  }

  /** Values the handler saw, in the order of its commits. */
  public List<String> seen(String topic) {
    return jdbc()
        .sql("select value from seen where topic = ? order by id")
        .param(topic)
        .query(String.class)
        .list();
  }

  /** Publishes through the outbox, all in one transaction. */
  public void publish(OutboxMessage... messages) {
    get(Transactions.class).execute(() -> get(Outbox.class).append(List.of(messages)));
  }

  /** Counts rows. */
  public long count(String table) {
    return jdbc().sql("select count(*) from " + table).query(Long.class).single();
  }

  @Override
  public void close() {
    context.close();
  }
}
