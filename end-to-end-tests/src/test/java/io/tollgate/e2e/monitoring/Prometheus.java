package io.tollgate.e2e.monitoring;

import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.ForeignProgram;
import io.tollgate.embedded.FreePorts;
import io.tollgate.standalone.Service;
import io.tollgate.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus that reads a deployment every second, with the rules sped up.
 *
 * <p>The system property {@code tollgate.prometheus} names the program; otherwise it is looked for
 * on the path.
 */
final class Prometheus implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PROGRAM = System.getProperty("tollgate.prometheus", "prometheus");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private final Deployment deployment;
  private final URI base;
  private final Process process;

  private Prometheus(Path directory, Deployment deployment) throws IOException {
    this.directory = directory;
    this.deployment = deployment;
    int port = FreePorts.one();
    this.base = URI.create("http://127.0.0.1:" + port);
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("rules.yml"), Rules.spedUp());
    Files.writeString(directory.resolve("token"), deployment.monitorToken());
    watch(Set.of(Service.values()));
    Files.writeString(directory.resolve("prometheus.yml"), configuration());
    this.process =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + directory.resolve("prometheus.yml").toAbsolutePath(),
                "--storage.tsdb.path=" + directory.resolve("data").toAbsolutePath(),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
  }

  /** Whether there is one on this machine. */
  static boolean isInstalled() {
    return ForeignProgram.isInstalled(PROGRAM);
  }

  /** Starts one that keeps its data in a new directory; returns when it has read every service. */
  static Prometheus of(Deployment deployment, Path parent) {
    try {
      Files.createDirectories(parent);
      Prometheus started =
          new Prometheus(Files.createTempDirectory(parent, "prometheus"), deployment);
      started.awaitEveryService();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("Prometheus cannot be started", e);
    }
  }

  private void awaitEveryService() {
    try {
      var unused =
          Await.until(
              LIMIT,
              () -> process.isAlive() ? values("sum(up)") : List.of(),
              values -> values.equals(List.of((double) Service.values().length)));
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  private static String configuration() {
    return """
    global: {scrape_interval: 1s, evaluation_interval: 1s}
    rule_files: [rules.yml]
    scrape_configs:
      - job_name: tollgate
        metrics_path: /actuator/prometheus
        authorization: {credentials_file: token}
        file_sd_configs:
          - {files: [targets.json], refresh_interval: 1s}
    """;
  }

  /** From now on it reads these services only. */
  void watch(Set<Service> services) {
    String targets =
        services.stream()
            .sorted()
            .map(
                service ->
                    "{\"targets\":[\"127.0.0.1:%d\"],\"labels\":{\"service\":\"%s\"}}"
                        .formatted(deployment.managementUrl(service).getPort(), service.label()))
            .collect(Collectors.joining(",", "[", "]"));
    write("targets.json", targets);
  }

  /** From now on it presents another token. */
  void present(String token) {
    write("token", token);
  }

  /** What it reads changes at once, never half. */
  private void write(String name, String text) {
    try {
      Path next = directory.resolve(name + ".next");
      Files.writeString(next, text);
      Files.move(
          next,
          directory.resolve(name),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values that a query finds now; none when nothing is found. */
  List<Double> values(String query) {
    List<Double> values = new ArrayList<>();
    query(query)
        .ifPresent(
            data -> {
              if (data.path("resultType").asString("").equals("scalar")) {
                values.add(Double.valueOf(data.at("/result/1").asString()));
              } else {
                data.path("result")
                    .forEach(series -> values.add(number(series.at("/value/1").asString())));
              }
            });
    return values;
  }

  private Optional<JsonNode> query(String query) {
    return ask("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Names of the alerts that fire now. */
  Set<String> firing() {
    return alerts("ALERTS{alertstate='firing'}");
  }

  /** Names of the alerts that have fired at some time within the last so many seconds. */
  Set<String> fired(long seconds) {
    return alerts("last_over_time(ALERTS{alertstate='firing'}[%ds])".formatted(seconds));
  }

  private Set<String> alerts(String query) {
    Set<String> names = new TreeSet<>();
    query(query)
        .ifPresent(
            data ->
                data.path("result")
                    .forEach(series -> names.add(series.at("/metric/alertname").asString())));
    return names;
  }

  /** Empty while it does not answer. */
  private Optional<JsonNode> ask(String path) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(JSON.readTree(answer.body()).path("data"));
        case 400 -> throw new AssertionError(path + ": " + answer.body());
        default -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
