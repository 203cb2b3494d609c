package io.tollgate.notification.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.model.AccountId;
import io.tollgate.notification.testing.NotificationService.Answer;
import io.tollgate.notification.testing.NotificationService.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A class of tests against one running service; at its end every invariant must hold. */
public abstract class ServiceTest {

  /** How long anything may take. */
  protected static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path directory;

  /** The mail server. */
  protected static FaultySmtp smtp;

  /** The service. */
  protected static NotificationService service;

  /** The other services. */
  protected static World world;

  private static Place place;

  @BeforeAll
  static void start() throws IOException {
    smtp = FaultySmtp.start();
    place = Place.fresh(directory, smtp.port());
    service = NotificationService.start(place);
    world = new World();
  }

  @AfterAll
  static void stop() throws IOException {
    try {
      smtp.up();
      JsonNode audit = service.get(service.operator(), "/v1/audit").body();
      assertThat(audit.at("/green").asBoolean(false)).as(audit.toString()).isTrue();
    } finally {
      world.close();
      service.close();
      smtp.close();
    }
  }

  /** Stops the service and starts it again on what it kept. */
  protected static void restart() {
    service.close();
    service = NotificationService.start(place);
  }

  /** The path of an account's inbox. */
  protected static String messages(AccountId account) {
    return "/v1/accounts/" + account + "/messages";
  }

  /** An account's inbox as its customer sees it. */
  protected static Answer inbox(AccountId account) {
    return service.get(service.customer(account), messages(account));
  }

  /** Waits until an inbox holds so many messages. */
  protected static void awaitMessages(AccountId account, int count) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Answer inbox = inbox(account);
              assertThat(inbox.body().at("/items").size()).as(inbox.toString()).isEqualTo(count);
            });
  }

  /** Waits until nothing is left to do. */
  protected static void awaitSettled() {
    await().atMost(LIMIT).until(service::settled);
  }

  /** Where the clock stands. */
  protected static Instant now() {
    return Instant.parse(service.get(service.operator(), "/v1/clock").text("/now"));
  }

  /** Steps the clock and waits until nothing is left to do. */
  protected static void stepTo(Instant to) {
    service.stepTo(to);
    awaitSettled();
  }
}
