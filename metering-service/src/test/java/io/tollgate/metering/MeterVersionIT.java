package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.meter.RivalWriters;
import io.tollgate.metering.testing.OpenMeter;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.SharedMetering;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A version of a meter is withdrawn before it starts, unless a price counts on it. */
@ExtendWith(SharedMetering.class)
class MeterVersionIT {

  private final RunningMetering metering;
  private final OpenMeter openMeter;

  MeterVersionIT(RunningMetering metering) {
    this.metering = metering;
    this.openMeter = new OpenMeter(metering);
  }

  private HttpResponse<String> withdraw(int version, String reason) {
    return metering.post(
        "/v1/meters/mistyped/versions/" + version + "/withdrawal",
        metering.operator(),
        "application/json",
        "{\"reason\":\"" + reason + "\"}");
  }

  private static void refused(HttpResponse<String> answer, int status, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  /** A mistyped version stayed for good, and was in force from its day on. */
  @Test
  void aVersionOfAMeterIsWithdrawnAndReplacedBeforeItStarts() {
    metering.register("mistyped-i", "mistyped-a", metering.now());
    Instant day = BillingCalendar.SHANGHAI.dayOf(metering.now()).end();
    String meter =
        """
        {"meter":"mistyped","eventType":"mistyped.used","aggregation":"SUM","valuePointer":"%s",
         "unit":"1","emits":["HOURLY"],"effectiveFrom":"%s"}\
        """;
    metering.meter(meter.formatted("/v", day.minus(Duration.ofDays(1))));
    metering.meter(meter.formatted("/w", day));
    metering.meter(meter.formatted("/x", day.plus(Duration.ofDays(1))));
    refused(
        metering.post(
            "/v1/meters",
            metering.operator(),
            "application/json",
            meter.formatted("/x", day.minus(Duration.ofDays(1)))),
        400,
        "effectiveFrom");
    // Billing could not read it.
    refused(
        metering.post(
            "/v1/meters",
            metering.operator(),
            "application/json",
            meter.formatted("/y", "9999-12-31T23:00:00-17:00")),
        400,
        "effectiveFrom: must be a time of RFC 3339 in the years 1971 to 9000");
    refused(withdraw(2, "mistyped"), 409, "meter-followed", "version 3 follows it");
    refused(withdraw(4, "mistyped"), 404, "version 4 of meter mistyped");
    refused(withdraw(3, " "), 400, "reason");
    refused(withdraw(3, "mistyped"), 200, "\"reason\":\"mistyped\"");
    refused(withdraw(3, "mistyped"), 409, "meter-withdrawn");
    refused(withdraw(2, "mistyped"), 200, "\"version\":2");
    refused(withdraw(1, "mistyped"), 409, "meter-started", "the clock is at " + metering.now());

    metering.meter(meter.formatted("/u", day));
    JsonNode versions =
        OpenMeter.JSON.readTree(metering.get("/v1/meters/mistyped", metering.operator()).body());
    assertThat(versions.valueStream())
        .extracting(
            each ->
                each.at("/version").asInt()
                    + each.at("/valuePointer").asString()
                    + each.at("/withdrawal/reason").asString(""))
        .containsExactly("1/v", "2/wmistyped", "3/xmistyped", "4/u");
    metering.stepTo(day);
    metering.events(
        event("mistyped-i", "1", "mistyped.used", day, "{\"u\":5,\"v\":1,\"w\":2,\"x\":3}"));
    metering.settle();
    assertThat(openMeter.rows(metering.platform(), "mistyped/query?from=" + day)).endsWith(" *=5");
  }

  /**
   * Two instances gave one number to different versions, and whoever came first was overwritten.
   */
  @Test
  void noTwoInstancesGiveOneNumberToTwoVersionsOfAMeter(@TempDir Path directory) {
    MeterKey meter = MeterKey.of("rivals");
    try (RivalWriters rivals = new RivalWriters(metering, directory)) {
      assertThat(rivals.overtake(meter, "slow", "fast")).isEqualTo(2);
      assertThat(versionsInTheLog(meter)).containsExactly("rivals@1 fast", "rivals@2 slow");
      // The instance that serves HTTP was overtaken by both, and decides anew as well.
      metering.meter(
          """
          {"meter":"rivals","eventType":"rivals.used","aggregation":"COUNT","unit":"h",
           "emits":["HOURLY"],"effectiveFrom":"%s"}\
          """
              .formatted(
                  BillingCalendar.SHANGHAI.dayOf(metering.now().plus(Duration.ofDays(3))).end()));
      rivals.race(meter, 3);
    }
    assertThat(versionsInTheLog(meter))
        .startsWith("rivals@1 fast", "rivals@2 slow", "rivals@3 h")
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 9).mapToObj(version -> "rivals@" + version).toList());
  }

  /** Its number would be given again, and what it says be lost. */
  @Test
  void noVersionFollowsOneThatCannotBeRead() {
    String meter =
        """
        {"meter":"of-later","eventType":"of-later.used","aggregation":"COUNT","unit":"%s",
         "emits":["HOURLY"]}\
        """;
    metering.meter(meter.formatted("1"));
    metering.publish(Topics.METERS, "of-later@2", "{}".getBytes(UTF_8));
    refused(
        metering.post("/v1/meters", metering.operator(), "application/json", meter.formatted("h")),
        409,
        "meter-unreadable");
    metering.meter(meter.formatted("1"));
    assertThat(metering.read(Topics.METERS).stream().map(record -> record.key()))
        .filteredOn(key -> key.startsWith("of-later@"))
        .containsExactly("of-later@1", "of-later@2");
  }

  /** Every record there is of a meter, with its unit. */
  private List<String> versionsInTheLog(MeterKey meter) {
    return metering.read(Topics.METERS).stream()
        .filter(record -> record.key().startsWith(meter + "@"))
        .map(
            record ->
                record.key()
                    + " "
                    + MeterDefinition.CODEC.decode(record.value()).orElseThrow().data().unit())
        .toList();
  }

  @Test
  void aVersionThatAPriceCountsOnIsNotWithdrawn() {
    Instant day = BillingCalendar.SHANGHAI.dayOf(metering.now()).end();
    String meter =
        """
        {"meter":"counted-on","eventType":"counted","aggregation":"COUNT","unit":"1",
         "emits":[%s],"effectiveFrom":"%s"}\
        """;
    metering.meter(meter.formatted("\"HOURLY\"", day.minus(Duration.ofDays(1))));
    metering.meter(meter.formatted("\"HOURLY\",\"DAILY\"", day));
    metering.publish(
        Topics.PRICES,
        "by-day",
        PricedProduct.CODEC.encode(
            new EventEnvelope<>(
                "by-day",
                "test",
                "tollgate.prices.v1",
                "by-day",
                metering.now(),
                0,
                0,
                Optional.empty(),
                new PricedProduct(
                    ProductId.of("by-day"),
                    BillingCycle.DAY,
                    false,
                    List.of(
                        new PricedProduct.Version(1, day, List.of(MeterKey.of("counted-on"))))))));
    refused(
        metering.post(
            "/v1/meters/counted-on/versions/2/withdrawal",
            metering.operator(),
            "application/json",
            "{\"reason\":\"mistyped\"}"),
        422,
        "price-needs-meter",
        "emits must include DAILY",
        "product by-day");
  }
}
