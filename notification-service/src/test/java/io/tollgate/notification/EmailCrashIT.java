package io.tollgate.notification;

import static io.tollgate.notification.testing.NotificationService.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.ReceivedMail;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.notification.testing.FaultySmtp;
import io.tollgate.notification.testing.NotificationService;
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

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @ParameterizedTest(name = "killed at {0}: {1} e-mails of one Message-ID, marked uncertain")
  @CsvSource({"email.after-claim, 1", "email.after-send, 2"})
  void whatWasClaimedWhenTheProcessDiedIsSentAgainUnderOneMessageId(String point, int mails)
      throws IOException, InterruptedException {
    String database = SharedInfrastructure.freshDatabase();
    String address = point + "@example.com";
    try (World world = new World();
        FaultySmtp smtp = FaultySmtp.start()) {
      AccountId account = world.openAccount(START, address);
      Occurrence.SUSPENDED.account(account).ifPresent(world::publish);
      assertThat(runUntilKilled(database, smtp.port(), point)).isEqualTo(137);
      assertThat(smtp.received(address)).hasSize(mails - 1);

      try (NotificationService again =
          NotificationService.start(directory, database, smtp.port())) {
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

  private int runUntilKilled(String database, int smtpPort, String point)
      throws IOException, InterruptedException {
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
    command.addAll(Arrays.asList(NotificationService.arguments(directory, database, smtpPort)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("killed.log").toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
