package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.FreePorts;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.support.web.security.TokenMinter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
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
    Process process = start(management);
    try (HttpClient http = HttpClient.newHttpClient()) {
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
                          "tollgate_commands_pending{",
                          "tollgate_reconciliation_differences"));
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private Process start(int management) throws IOException {
    var database = SharedInfrastructure.database();
    String url = database.jdbcUrl(SharedInfrastructure.freshDatabase());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx300m",
            "-jar",
            jar().toString(),
            "--server.port=0",
            "--tollgate.security.public-key=" + minter().publicKeyPem());
    builder.environment().put("TOLLGATE_DATABASE_URL", url + "?currentSchema=account");
    builder.environment().put("TOLLGATE_DATABASE_USER", database.username());
    builder.environment().put("TOLLGATE_DATABASE_PASSWORD", database.password());
    builder.environment().put("TOLLGATE_KAFKA", SharedInfrastructure.kafka().bootstrapServers());
    builder.environment().put("TOLLGATE_DATA_DIR", directory.resolve("data").toString());
    builder.environment().put("TOLLGATE_MANAGEMENT_PORT", Integer.toString(management));
    return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
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
