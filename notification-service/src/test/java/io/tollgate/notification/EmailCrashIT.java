package io.tollgate.notification;

import static io.tollgate.notification.testing.NotificationService.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.ReceivedMail;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.notification.testing.FaultySmtp;
import io.tollgate.notification.testing.NotificationService;
import io.tollgate.notification.testing.NotificationService.Place;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process is killed between the claim of an e-mail and its outcome. */
class EmailCrashIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path directory;

  @ParameterizedTest(name = "killed at {0}: {1} e-mails of one Message-ID, marked uncertain")
  @CsvSource({"email.after-claim, 1", "email.after-send, 2"})
  void whatWasClaimedWhenTheProcessDiedIsSentAgainUnderOneMessageId(String point, int mails)
      throws IOException, InterruptedException {
    String address = point + "@example.com";
    try (EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"));
        World world = new World(broker.bootstrapServers());
        FaultySmtp smtp = FaultySmtp.start()) {
      Place place =
          new Place(
              directory,
              SharedInfrastructure.freshDatabase(),
              broker.bootstrapServers(),
              smtp.port());
      Process doomed = start(place, point);
      AccountId account = world.openAccount(START, address);
      Occurrence.SUSPENDED.account(account).ifPresent(world::publish);
      assertThat(exitOf(doomed)).isEqualTo(137);
      assertThat(smtp.received(address)).hasSize(mails - 1);

      try (NotificationService again = NotificationService.start(place)) {
        await().atMost(LIMIT).until(() -> smtp.received(address).size() == mails);
        await().atMost(LIMIT).until(again::settled);
        assertThat(smtp.received(address).stream().map(ReceivedMail::messageId).distinct())
            .hasSize(1);
        var uncertain = again.get(again.operator(), "/v1/deliveries?outcome=UNCERTAIN");
        assertThat(uncertain.text("/items/0/address")).isEqualTo(address);
        assertThat(uncertain.text("/items/0/state")).isEqualTo("SENT");
        assertThat(
                again
                    .get(again.customer(account), "/v1/accounts/" + account + "/messages")
                    .body()
                    .at("/items")
                    .size())
            .isEqualTo(1);
      }
    }
  }

  private Process start(Place place, String point) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dtollgate.fault.point=" + point,
                "-cp",
                System.getProperty("java.class.path"),
                NotificationApplication.class.getName()));
    command.addAll(Arrays.asList(place.arguments()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("killed.log").toFile())
        .start();
  }

  private static int exitOf(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
