package io.tollgate.e2e.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.ServiceClient;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.e2e.testing.SharedCloud;
import io.tollgate.standalone.Service;
import io.tollgate.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the services show to Prometheus after an account has used, paid and been billed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedCloud
@Order(SharedCloud.LAST)
class MetricsIT {

  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Path AS_RUNNING = Path.of("target/metrics.md");

  /** What every service shows only a minute after its start. */
  private static final Set<String> LATE =
      Set.of("tollgate_audit_difference", "kafka_consumer_fetch_manager_records_lag_max");

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final String ACCOUNT = "measured-account";
  private static final String INSTANCE = "measured-instance";
  private static final String EMAIL = "measured@example.com";
  private static final String METER = "measured-units";

  private Cloud cloud;
  private Map<Service, Scrape> scrapes = Map.of();

  /** Uses 3 units at EUR 2 in one hour and pays EUR 10: nobody else of the cloud is in EUR. */
  @BeforeAll
  void useAndPay(Cloud shared) {
    cloud = shared;
    LocalDate day = cloud.freshDay();
    cloud.meter(METER, "SUM", day + "T00:00");
    cloud.product("measured-product", "HOUR");
    var unused =
        cloud.price(
            "measured-product",
            day + "T00:00",
            "'currency':'EUR',"
                + Cloud.priced(METER, "{'kind':'PER_UNIT','unitPrice':'2'}", "CYCLE"));
    unused =
        Cloud.done(
            cloud
                .deployment()
                .operator(Service.ACCOUNT)
                .post("/v1/accounts", "{'account':'" + ACCOUNT + "','currency':'EUR'}"));
    cloud.contact(ACCOUNT, EMAIL);
    cloud.register(ACCOUNT, INSTANCE, "measured-product");
    cloud.use(INSTANCE, METER, day + "T00:10", "3");
    cloud.advanceTo(day + "T02:00");
    unused =
        Cloud.done(
            cloud
                .deployment()
                .operator(Service.BILLING)
                .post(
                    "/v1/accounts/" + ACCOUNT + "/recharges",
                    "{'channel':'ALIPAY','transaction':'measured-1','amount':'10','currency':'EUR'}"));
    cloud.deployment().settle();
    Set<String> wanted = page().ours();
    Set<String> unusedMissing =
        Await.until(
            LIMIT,
            () -> {
              scrapes = scrapes();
              Set<String> missing = new TreeSet<>(wanted);
              scrapes.values().forEach(scrape -> missing.removeAll(scrape.families().keySet()));
              scrapes.forEach(
                  (service, scrape) ->
                      LATE.stream()
                          .filter(late -> !scrape.families().containsKey(late))
                          .forEach(late -> missing.add(service + " " + late)));
              return missing;
            },
            Set::isEmpty);
  }

  private Map<Service, Scrape> scrapes() {
    Map<Service, Scrape> all = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      String text =
          ServiceClient.of(
                  cloud.deployment().managementUrl(service), cloud.deployment().monitorToken())
              .get("/actuator/prometheus")
              .orFail()
              .text();
      all.put(service, Scrape.of(text));
    }
    return all;
  }

  private static MetricsPage page() {
    try {
      return new MetricsPage(Files.readString(PAGE));
    } catch (IOException e) {
      throw new IllegalStateException("there is no " + PAGE, e);
    }
  }

  private List<Scrape.Family> families(Predicate<Scrape.Family> which) {
    return scrapes.values().stream()
        .flatMap(scrape -> scrape.families().values().stream())
        .filter(which)
        .toList();
  }

  private Scrape of(Service service) {
    return scrapes.getOrDefault(service, new Scrape(Map.of()));
  }

  /** To bring the page up to date, copy what this test writes over it. */
  @Test
  void thePageListsEveryMetricAsTheServicesShowIt() throws IOException {
    MetricsPage running = page().with(scrapes);
    Files.writeString(AS_RUNNING, running.text());

    assertThat(running.rowsMissingIn(page()))
        .as("rows of end-to-end-tests/%s that docs/metrics.md lacks", AS_RUNNING)
        .isEmpty();
    assertThat(page().rowsMissingIn(running)).as("rows that are not true any more").isEmpty();
  }

  @Test
  void everyMetricSaysWhatItMeansAndIsNamedByItsUnitAndType() {
    List<String> wrong = new ArrayList<>();
    for (Scrape.Family family : families(each -> true)) {
      if (family.help().isEmpty()) {
        wrong.add(family.name() + " has no HELP");
      }
      if (family.type().equals("counter") != family.name().endsWith("_total")) {
        wrong.add(family.name() + " is a " + family.type());
      }
    }
    for (Scrape.Family family : families(Scrape.Family::isOurs)) {
      if (family.type().equals("histogram") && !family.name().endsWith("_seconds")) {
        wrong.add(family.name() + " is a histogram of no seconds");
      }
      if (family.name().matches(".*(milli|micro|nano|minute|hour|_ms|kilo|_kib|percent).*")) {
        wrong.add(family.name() + " has no base unit");
      }
      if (family.help().contains(" seconds") || family.help().endsWith(".")) {
        wrong.add(family.name() + " says its unit or ends in a full stop: " + family.help());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noLabelNamesAnAccountAnInstanceOrAnAddress() {
    List<String> wrong = new ArrayList<>();
    for (Scrape.Family family : families(each -> true)) {
      for (String label : family.labels()) {
        Set<String> values = family.values(label);
        values.stream()
            .filter(value -> value.contains("measured") || value.contains("@"))
            .forEach(value -> wrong.add(family.name() + " " + label + "=" + value));
        if (values.size() > 150) {
          wrong.add(family.name() + " has " + values.size() + " values of " + label);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noGaugeOfOursIsNotANumber() {
    assertThat(families(Scrape.Family::isOurs))
        .flatMap(Scrape.Family::samples)
        .filteredOn(sample -> Double.isNaN(sample.value()))
        .isEmpty();
  }

  @Test
  void countersHaveAllTheirSeriesWhateverHasHappened() {
    assertThat(labels("tollgate_usage_events_total", "fate"))
        .containsExactly("accepted", "counted", "duplicate", "late", "quarantined", "voided");
    assertThat(labels("tollgate_ingest_events_total", "outcome"))
        .containsExactly("accepted", "rejected");
    assertThat(labels("tollgate_dead_lettered_records_total", "cause"))
        .containsExactly("failed", "rejected", "unreadable");
    assertThat(labels("tollgate_booked_amount_total", "kind"))
        .containsExactly(
            "charge",
            "credit",
            "grant",
            "grant_withdrawn",
            "penalty",
            "penalty_waived",
            "recharge",
            "recharge_reversed");
    assertThat(series(Service.BILLING, "tollgate_recharges_total")).hasSize(6);
    assertThat(series(Service.ACCOUNT, "tollgate_instance_transitions_total")).hasSize(10);
    assertThat(labels("tollgate_requests_rejected_total", "reason"))
        .contains("forbidden", "unauthenticated", "too-large", "overloaded");
    assertThat(labels("tollgate_notices_total", "outcome"))
        .containsExactly("delivered", "failed", "published", "retried", "sent", "suppressed");
    for (Service service : Service.values()) {
      assertThat(series(service, "tollgate_reading_failures_total"))
          .as(service.name())
          .hasSameSizeAs(series(service, "tollgate_reading_period_seconds"));
      assertThat(series(service, "tollgate_audit_failures_total")).as(service.name()).isNotEmpty();
    }
  }

  private Set<String> labels(String metric, String label) {
    Set<String> values = new TreeSet<>();
    families(family -> family.name().equals(metric))
        .forEach(family -> values.addAll(family.values(label)));
    return values;
  }

  private List<Scrape.Sample> series(Service service, String metric) {
    Scrape.Family family = of(service).families().get(metric);
    return family == null ? List.of() : family.samples();
  }

  @Test
  void moneyIsCountedInItsCurrency() {
    Scrape billing = of(Service.BILLING);
    assertThat(billing.sum("tollgate_bills_total", "currency", "EUR")).isEqualTo(1);
    assertThat(billing.sum("tollgate_charge_lines_total", "currency", "EUR")).isEqualTo(1);
    assertThat(booked("charge")).isEqualTo(6);
    assertThat(booked("recharge")).isEqualTo(10);
    assertThat(booked("credit")).isZero();
    assertThat(billing.sum("tollgate_recharges_total", "channel", "alipay", "outcome", "booked"))
        .isPositive();
    assertThat(of(Service.METERING).sum("tollgate_usage_events_total", "fate", "counted"))
        .isPositive();
  }

  private double booked(String kind) {
    return of(Service.BILLING).sum("tollgate_booked_amount_total", "currency", "EUR", "kind", kind);
  }

  @Test
  void whatObjectivesAreAboutIsAHistogram() {
    assertThat(observed(Service.METERING, "tollgate_ingest_append_seconds")).isPositive();
    assertThat(observed(Service.METERING, "tollgate_counting_delay_seconds")).isPositive();
    assertThat(observed(Service.BILLING, "tollgate_charging_delay_seconds")).isPositive();
    assertThat(observed(Service.BILLING, "tollgate_outbox_delay_seconds")).isPositive();
    assertThat(observed(Service.NOTIFICATION, "tollgate_notice_delay_seconds")).isPositive();
    assertThat(
            of(Service.BILLING)
                .sum(
                    "http_server_requests_seconds_bucket",
                    "uri",
                    "/v1/accounts/{account}/recharges",
                    "le",
                    "10.0"))
        .isPositive();
  }

  private double observed(Service service, String histogram) {
    assertThat(families(family -> family.name().equals(histogram)))
        .isNotEmpty()
        .allSatisfy(family -> assertThat(family.type()).as(histogram).isEqualTo("histogram"));
    return of(service).sum(histogram + "_bucket", "le", "+Inf");
  }

  @Test
  void theRunTimeAndTheClientsShowTheirNumbers() {
    for (Service service : Service.values()) {
      assertThat(of(service).families())
          .as(service.name())
          .containsKeys(
              "jvm_memory_used_bytes",
              "jvm_threads_live_threads",
              "process_cpu_usage",
              "disk_free_bytes",
              "tollgate_consumer_lag");
      if (service != Service.METERING) {
        assertThat(of(service).families())
            .as(service.name())
            .containsKeys("hikaricp_connections_pending", "hikaricp_connections_timeout_total");
      }
    }
    // A relay opens its producer when it has something to publish.
    assertThat(of(Service.BILLING).families()).containsKey("kafka_producer_record_send_total");
    assertThat(of(Service.METERING).families())
        .containsKeys("kafka_producer_record_send_total", "kafka_stream_thread_commit_total");
    assertThat(labels("tollgate_consumer_lag", "consumer")).contains("usage");
  }
}
