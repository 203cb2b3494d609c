package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.embedded.MailServer;
import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.AuditReport;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.ServiceSettings;
import io.tollgate.standalone.Settings;
import io.tollgate.support.time.driver.ClockDriver;
import io.tollgate.testing.Await;
import io.tollgate.testing.DatabaseServer;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four services, each a process of its own, on Kafka, PostgreSQL and Mailpit in containers:
 * from a usage event to the bill, the balance and the e-mail.
 */
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainersIT {

  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(4);

  /** 1 March 2026, 00:00 in Shanghai. */
  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  private final List<JavaProcess> services = new ArrayList<>();
  private final MailServer mail = SharedInfrastructure.smtp();
  private Api api;
  private ClockDriver clocks;

  @BeforeAll
  void startServices(@TempDir Path directory) {
    DataDirectory data = new DataDirectory(directory);
    Ports ports = Ports.free(1).getFirst();
    DatabaseServer database = SharedInfrastructure.database();
    ServiceSettings settings =
        new ServiceSettings(
            data,
            ports,
            new Settings(Optional.of(START), Settings.ZONE, 0, 0),
            SharedInfrastructure.kafka().bootstrapServers(),
            database.jdbcUrl(SharedInfrastructure.freshDatabase()),
            database.username(),
            database.password(),
            mail.port());
    for (Service service : Service.values()) {
      services.add(
          JavaCommand.ofClass(service.application())
              .with("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
              .to(settings.arguments(service))
              .start(data.part("logs").resolve(service.label() + ".log")));
    }
    api = Api.of(data, ports);
    for (Service service : Service.values()) {
      Await.until(START_LIMIT, () -> api.health(service).ok(), ready -> ready);
    }
    String token =
        data.token(DataDirectory.TokenRole.OPERATOR, Optional.empty(), Duration.ofHours(1));
    clocks =
        new ClockDriver(
            ports.urls(),
            new BillingCalendar(Settings.ZONE),
            Duration.ofDays(1),
            SETTLE_LIMIT,
            () -> token);
  }

  @AfterAll
  void stopServices() {
    if (clocks != null) {
      clocks.close();
    }
    services.reversed().forEach(JavaProcess::close);
  }

  private void post(Service service, String path, Map<String, Object> body) {
    var unused = api.post(service, path, body, path).orFail();
  }

  /** 3600 s at 0.0001 are 0.36, charged once; 10 were paid in. */
  @Test
  void anEventIsBilledOnceAndTheCustomerIsToldByEmail() {
    sellSecondsAt("0.0001");
    openAccount();
    clocks.drive(START, step -> {});
    post(
        Service.BILLING,
        "/v1/accounts/acme/recharges",
        Map.of("channel", "ALIPAY", "transaction", "2026-0001", "amount", "10"));
    String event =
        """
        {"specversion":"1.0","id":"1","source":"hypervisor-7","type":"cpu.used","subject":"vm-1",\
        "time":"2026-02-28T16:10:00Z","data":{"seconds":3600}}\
        """;
    var unused = api.postLines(event).orFail();
    unused = api.postLines(event).orFail();

    clocks.drive(START.plus(Duration.ofHours(2)), step -> {});

    assertThat(api.get(Service.BILLING, "/v1/accounts/acme/balance").orFail().text("/funds/amount"))
        .isEqualTo("9.640000");
    assertThat(api.items(Service.BILLING, "/v1/accounts/acme/bills"))
        .singleElement()
        .satisfies(bill -> assertThat(bill.at("/amount").asString()).isEqualTo("0.360000"));
    Await.until(
        SETTLE_LIMIT,
        mail::received,
        mails -> mails.stream().anyMatch(one -> one.recipient().equals("ops@acme.example")));
    AuditReport report = AuditReport.of(api);
    assertThat(report.green()).as(String.join("\n", report.lines())).isTrue();
  }

  private void sellSecondsAt(String price) {
    post(
        Service.METERING,
        "/v1/meters",
        Map.of(
            "meter", "cpu-seconds",
            "eventType", "cpu.used",
            "aggregation", "SUM",
            "valuePointer", "/seconds",
            "unit", "s",
            "emits", List.of("HOURLY")));
    post(
        Service.BILLING,
        "/v1/products",
        Map.of("product", "vm", "name", "Virtual machine", "cycle", "HOUR"));
    post(
        Service.BILLING,
        "/v1/products/vm/prices",
        Map.of(
            "effectiveFrom",
            START.toString(),
            "meters",
            List.of(
                Map.of(
                    "meter",
                    "cpu-seconds",
                    "model",
                    Map.of("kind", "PER_UNIT", "unitPrice", price)))));
  }

  private void openAccount() {
    post(Service.ACCOUNT, "/v1/accounts", Map.of("account", "acme"));
    var unused =
        api.put(
                Service.ACCOUNT,
                "/v1/accounts/acme/contacts",
                Map.of(
                    "name",
                    "Acme",
                    "emails",
                    List.of("ops@acme.example"),
                    "marketingConsent",
                    false))
            .orFail();
    unused =
        api.postAsPlatform(
                Service.ACCOUNT,
                "/v1/accounts/acme/instances",
                Map.of("instance", "vm-1", "product", "vm", "specification", "small"))
            .orFail();
  }
}
