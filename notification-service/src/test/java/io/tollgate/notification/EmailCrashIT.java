package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.embedded.ReceivedMail;
import io.tollgate.model.AccountId;
import io.tollgate.notification.testing.FaultySmtp;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.notification.testing.World;
import io.tollgate.support.FaultPoint;
import io.tollgate.testing.RunningService;
import io.tollgate.testing.ServicePlace;
import io.tollgate.testing.SharedInfrastructure;
import io.tollgate.testing.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A process is killed between the claim of an e-mail and its outcome. On a broker of its own: on
 * the shared one it would be killed at the first e-mail that another class asked for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailCrashIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Map<FaultPoint, AccountId> accounts = new EnumMap<>(FaultPoint.class);
  private Path directory;
  private EmbeddedKafka broker;
  private KafkaProducer<String, byte[]> producer;
  private FaultySmtp smtp;
  private World world;
  private ServicePlace place;

  @BeforeAll
  void start(@TempDir Path files) throws IOException {
    directory = files;
    broker = EmbeddedKafka.start(files.resolve("kafka"));
    producer = Wire.producer(broker.bootstrapServers());
    world = new World(message -> Wire.append(producer, message));
    smtp = FaultySmtp.start();
    place =
        new ServicePlace(
            "notification",
            files,
            SharedInfrastructure.freshDatabase(),
            broker.bootstrapServers(),
            ServiceTest.START,
            List.of(ServiceTest.mail(smtp)));
    openAccounts();
  }

  /** Contacts travel on a topic of their own: they must be known before the event that is told. */
  private void openAccounts() {
    try (RunningService healthy = RunningService.start(NotificationApplication.class, place)) {
      for (FaultPoint point : List.of(FaultPoint.EMAIL_AFTER_CLAIM, FaultPoint.EMAIL_AFTER_SEND)) {
        accounts.put(point, world.openAccount(ServiceTest.START, addressAt(point)));
      }
      healthy.settle();
    }
  }

  private static String addressAt(FaultPoint point) {
    return point.label() + "@example.com";
  }

  @AfterAll
  void stop() throws IOException {
    smtp.close();
    producer.close();
    broker.close();
  }

  @ParameterizedTest(name = "killed at {0}: {1} e-mails of one Message-ID, marked uncertain")
  @CsvSource({"EMAIL_AFTER_CLAIM, 1", "EMAIL_AFTER_SEND, 2"})
  void whatWasClaimedWhenTheProcessDiedIsSentAgainUnderOneMessageId(FaultPoint point, int mails) {
    String address = addressAt(point);
    JavaProcess doomed = start(point);
    AccountId account = Objects.requireNonNull(accounts.get(point));
    Occurrence.SUSPENDED.account(account).ifPresent(world::publish);
    assertThat(doomed.exitWithin(LIMIT)).hasValue(137);
    assertThat(smtp.received(address)).hasSize(mails - 1);

    try (RunningService again = RunningService.start(NotificationApplication.class, place)) {
      await().atMost(LIMIT).until(() -> smtp.received(address).size() == mails);
      again.settle();
      assertThat(smtp.received(address).stream().map(ReceivedMail::messageId).distinct())
          .hasSize(1);
      assertThat(uncertain(again, address)).containsExactly("SENT");
      String inbox = "/v1/accounts/" + account + "/messages";
      assertThat(again.customer(account).get(inbox).body().at("/items").size()).isEqualTo(1);
    }
  }

  /** The states of the uncertain deliveries to an address. */
  private static List<String> uncertain(RunningService service, String address) {
    JsonNode items = service.operator().get("/v1/deliveries?outcome=UNCERTAIN").body().at("/items");
    return items
        .valueStream()
        .filter(item -> item.at("/address").asString("").equals(address))
        .map(item -> item.at("/state").asString(""))
        .toList();
  }

  private JavaProcess start(FaultPoint point) {
    return JavaCommand.ofClass(NotificationApplication.class)
        .with("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .with("-D" + FaultPoint.PROPERTY + "=" + point.label())
        .to(place.arguments())
        .start(directory.resolve("killed.log"));
  }
}
