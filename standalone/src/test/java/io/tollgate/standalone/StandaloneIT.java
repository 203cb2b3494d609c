package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.JavaCommand;
import io.tollgate.support.time.driver.ClockDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The four services in one process, on a fresh directory and again on the same one. */
final class StandaloneIT {

  /** 1 March 2026, 00:00 in Shanghai. */
  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  private static final Settings SETTINGS = new Settings(Optional.of(START), Settings.ZONE, 0, 0);
  private static final String ACCOUNT = "/v1/accounts/acc-1";

  /** Where logback.xml writes to as long as no command names a directory. */
  private static final Path LOG = Path.of("target", "tollgate.log");

  private static final Pattern WARNING = Pattern.compile("\\S+ (WARN|ERROR) ");

  @TempDir private Path directory;

  @Test
  void anEventBecomesAChargeABalanceAndANoticeAndAllOfItSurvivesARestart() throws IOException {
    long logged = warnings().size();
    DataDirectory data = new DataDirectory(directory.resolve("data"));
    try (Deployment deployment = Deployment.start(data, SETTINGS, part -> {});
        ClockDriver driver = ClockCommand.driver(data, deployment.process())) {
      Api api = Api.of(data, deployment.process());
      openForBusiness(api);
      driver.drive(START, step -> {});
      recharge(api);
      assertThat(api.postLines(event()).text()).contains("accepted");
      driver.drive(START.plusSeconds(2 * 3_600), step -> {});

      assertBilled(api);
      assertThat(deployment.smtp().received())
          .singleElement()
          .satisfies(mail -> assertThat(mail.recipient()).isEqualTo("ann@customers.example"));
      assertThat(AuditReport.of(api).green()).isTrue();
      assertNothingIsTraced();
      assertAuditOfNobodyIsRefused(data);
      assertThat(data.running()).map(RunningProcess::pid).hasValue(ProcessHandle.current().pid());
    }
    assertThat(data.running()).isEmpty();

    try (Deployment again = Deployment.start(data, SETTINGS, part -> {});
        ClockDriver driver = ClockCommand.driver(data, again.process())) {
      Api api = Api.of(data, again.process());
      assertThat(driver.now()).isEqualTo(START.plusSeconds(2 * 3_600));
      assertThat(warnings().stream().skip(logged)).as("logged by two good starts").isEmpty();
      useWithoutAPrice(api);
      driver.drive(START.plusSeconds(3 * 3_600), step -> {});
      assertBilled(api);
      assertThat(SetAsideReport.lines(api))
          .anyMatch(line -> line.contains("billing") && line.contains("1 set aside"))
          .anyMatch(line -> line.endsWith("product bare has no price") && line.contains("acc-1"));
    }
  }

  /** Nobody asked for traces: nothing waits for any. */
  private static void assertNothingIsTraced() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .anyMatch(name -> name.contains("outbox-relay"))
        .noneMatch(name -> name.contains("SpanProcessor"));
  }

  /** It was 409 of a service, with a stack trace in the log. */
  private static void assertAuditOfNobodyIsRefused(DataDirectory data) {
    CommandLineTest.Answer answer =
        CommandLineTest.run("audit", "--account", "nobody", "--data-dir", data.root().toString());
    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).isEqualToIgnoringNewLines("tollgate: account nobody does not exist");
  }

  @Test
  void aStopWhileStartingLeavesNoDatabaseBehind() throws IOException, InterruptedException {
    Path data = directory.resolve("stopped");
    Process process =
        JavaCommand.ofClass(Tollgate.class)
            .with("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .to("up", "--port", "0", "--data-dir", data.toString())
            .startPiped();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      // The database runs by then, and much is still to come.
      assertThat(lines.lines().anyMatch(line -> line.contains("starting metering"))).isTrue();
      // Through the handle: the process itself would close its output, too.
      assertThat(process.toHandle().destroy()).isTrue();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(lines.lines().toList()).noneMatch(line -> line.contains("ready"));
    } finally {
      process.destroyForcibly();
    }
    assertThat(data.resolve("postgres/data/PG_VERSION")).exists();
    assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  /**
   * Everything of level WARN or ERROR in the log of this process, but that the directory is a
   * temporary one, which is true here.
   */
  private static List<String> warnings() throws IOException {
    if (Files.notExists(LOG)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(LOG, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> WARNING.matcher(line).lookingAt())
          .filter(line -> !line.contains("Using an OS temp directory in the state.dir property"))
          .toList();
    }
  }

  private static void openForBusiness(Api api) {
    post(
        api,
        Service.METERING,
        "/v1/meters",
        Map.of(
            "meter", "vcpu-hours",
            "eventType", "vm.usage",
            "aggregation", "SUM",
            "valuePointer", "/hours",
            "unit", "h",
            "emits", List.of("HOURLY"),
            "effectiveFrom", START.toString()));
    post(
        api,
        Service.BILLING,
        "/v1/products",
        Map.of("product", "vm", "name", "Virtual machine", "cycle", "HOUR"));
    post(
        api,
        Service.BILLING,
        "/v1/products/vm/prices",
        Map.of(
            "effectiveFrom",
            START.toString(),
            "meters",
            List.of(
                Map.of(
                    "meter", "vcpu-hours",
                    "model", Map.of("kind", "PER_UNIT", "unitPrice", "0.5"),
                    "scope", "CYCLE"))));
    post(api, Service.ACCOUNT, "/v1/accounts", Map.of("account", "acc-1"));
    var unused =
        api.put(
                Service.ACCOUNT,
                ACCOUNT + "/contacts",
                Map.of(
                    "name",
                    "Ann",
                    "emails",
                    List.of("ann@customers.example"),
                    "marketingConsent",
                    false))
            .orFail();
    unused =
        api.postAsPlatform(
                Service.ACCOUNT,
                ACCOUNT + "/instances",
                Map.of("instance", "vm-1", "product", "vm"))
            .orFail();
  }

  /** The clock goes on beside it, and {@code tollgate status} names it. */
  private static void useWithoutAPrice(Api api) {
    var unused =
        api.post(
                Service.BILLING,
                "/v1/products",
                Map.of("product", "bare", "name", "Without a price", "cycle", "HOUR"),
                "key bare")
            .orFail();
    unused =
        api.postAsPlatform(
                Service.ACCOUNT,
                ACCOUNT + "/instances",
                Map.of("instance", "bare-1", "product", "bare"))
            .orFail();
    assertThat(
            api.postLines(event().replace("\"vm-1\"", "\"bare-1\"").replace("\"e-1\"", "\"e-2\""))
                .text())
        .contains("accepted");
  }

  private static void recharge(Api api) {
    post(
        api,
        Service.BILLING,
        ACCOUNT + "/recharges",
        Map.of("channel", "ALIPAY", "transaction", "t-1", "amount", "10.00"));
  }

  private static String event() {
    return """
    {"specversion":"1.0","id":"e-1","source":"test","type":"vm.usage","subject":"vm-1",\
    "time":"2026-02-28T16:10:00Z","data":{"hours":3}}
    """;
  }

  private static void post(Api api, Service service, String path, Object body) {
    var unused = api.post(service, path, body, "key " + path).orFail();
  }

  /** 3 hours at 0.5: 1.50 of the 10.00. */
  private static void assertBilled(Api api) {
    JsonNode bill = only(api.items(Service.BILLING, ACCOUNT + "/bills"));
    assertThat(bill.path("amount").asString("")).startsWith("1.5");
    JsonNode line =
        only(
            api.items(
                Service.BILLING, ACCOUNT + "/bills/" + bill.path("bill").asString("") + "/lines"));
    assertThat(line.path("quantity").asString("")).isEqualTo("3");
    assertThat(api.get(Service.BILLING, ACCOUNT + "/balance").orFail().text()).contains("8.5");
    JsonNode message = only(api.items(Service.NOTIFICATION, ACCOUNT + "/messages"));
    assertThat(message.path("kind").asString("")).isEqualTo("RECHARGE_RECEIVED");
    assertThat(Instant.parse(message.path("deliveredAt").asString(""))).isEqualTo(START);
  }

  private static JsonNode only(List<JsonNode> items) {
    assertThat(items).hasSize(1);
    return items.getFirst();
  }
}
