package io.tollgate.notification.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.notification.NotificationApplication;
import io.tollgate.testing.RunningService;
import io.tollgate.testing.ServicePlace;
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

  /** 1 March 2026, 00:00 in Shanghai. */
  public static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  /** How long anything may take. */
  protected static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path directory;

  /** The mail server. */
  protected static FaultySmtp smtp;

  /** The service. */
  protected static RunningService service;

  /** The other services. */
  protected static World world;

  private static ServicePlace place;

  @BeforeAll
  static void start() throws IOException {
    smtp = FaultySmtp.start();
    place = place(directory, smtp);
    service = RunningService.start(NotificationApplication.class, place);
    world = new World();
  }

  private static ServicePlace place(Path directory, FaultySmtp smtp) {
    return ServicePlace.fresh("notification", directory, START, mail(smtp));
  }

  /** The settings that name a mail server and do not wait for it for long. */
  public static String[] mail(FaultySmtp smtp) {
    return new String[] {
      "spring.mail.port=" + smtp.port(), "spring.mail.properties.mail.smtp.timeout=2000"
    };
  }

  @AfterAll
  static void stop() throws IOException {
    try {
      smtp.up();
      JsonNode audit = service.operator().get("/v1/audit").body();
      assertThat(audit.at("/green").asBoolean(false)).as(audit.toString()).isTrue();
    } finally {
      service.close();
      smtp.close();
    }
  }

  /** Stops the service and starts it again on what it kept. */
  protected static void restart() {
    service.close();
    service = RunningService.start(NotificationApplication.class, place);
  }

  /** The path of an account's inbox. */
  protected static String messages(AccountId account) {
    return "/v1/accounts/" + account + "/messages";
  }

  /** An account's inbox as its customer sees it. */
  protected static Answer inbox(AccountId account) {
    return service.customer(account).get(messages(account));
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
    service.settle();
  }

  /** Where the clock stands. */
  protected static Instant now() {
    return service.now();
  }

  /** Steps the clock and waits until nothing is left to do. */
  protected static void stepTo(Instant to) {
    service.stepTo(to.toString());
  }
}
