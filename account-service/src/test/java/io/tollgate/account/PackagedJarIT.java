package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.FreePorts;
import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.support.web.security.TokenMinter;
import io.tollgate.testing.SharedInfrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped runs: test libraries can hide a part that the jar lacks. */
class PackagedJarIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void theJarStartsBecomesReadyAndShowsItsNumbers() throws Exception {
    int management = FreePorts.one();
    try (JavaProcess process = start(management);
        HttpClient http = HttpClient.newHttpClient()) {
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(
              () ->
                  !process.isAlive()
                      || get(http, management, "/actuator/health/readiness").contains("\"UP\""));
      assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(
                          get(http, management, "/actuator/prometheus", "Authorization", monitor()))
                      .contains(
                          "tollgate_accounts{",
                          "tollgate_instances{",
                          "tollgate_commands_pending{kind=\"OPEN\"} 0.0",
                          "tollgate_reconciliation_differences 0.0",
                          "tollgate_instance_transitions_total{from=\"ACTIVE\",to=\"IN_ARREARS\"}"
                              + " 0.0",
                          "tollgate_requests_rejected_total{reason=\"forbidden\"} 0.0",
                          "tollgate_reading_failures_total{reading=\"instances\"} 0.0"));
    }
  }

  private JavaProcess start(int management) throws IOException {
    var database = SharedInfrastructure.database();
    String url = database.jdbcUrl(SharedInfrastructure.freshDatabase());
    return JavaCommand.ofJar(jar())
        .with("-Xmx300m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .to("--server.port=0", "--tollgate.security.public-key=" + minter().publicKeyPem())
        .in("TOLLGATE_DATABASE_URL", url + "?currentSchema=account")
        .in("TOLLGATE_DATABASE_USER", database.username())
        .in("TOLLGATE_DATABASE_PASSWORD", database.password())
        .in("TOLLGATE_KAFKA", SharedInfrastructure.kafka().bootstrapServers())
        .in("TOLLGATE_DATA_DIR", directory.resolve("data").toString())
        .in("TOLLGATE_MANAGEMENT_PORT", Integer.toString(management))
        .start(log());
  }

  private Path log() {
    return directory.resolve("service.log");
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(file -> file.toString().endsWith("-app.jar")).findFirst().orElseThrow();
    }
  }

  private TokenMinter minter() {
    return TokenMinter.of(directory.resolve("keys"), InstantSource.system());
  }

  private String monitor() {
    return "Bearer " + minter().monitor(LIMIT);
  }

  private static String get(HttpClient http, int port, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
