package io.tollgate.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.NodePrograms;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.standalone.Service;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published CloudEvents and OpenMeter packages for JavaScript post usage that is charged, and
 * read it again.
 */
@OnSharedCloud
class ForeignClientsIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String METER = "foreign-units";

  /** 1 in binary and 20 in structured mode, 300 alone and 4000, posted twice, in a batch. */
  @Test
  void eventsOfUnchangedClientsBecomeUsageAndABill(Cloud cloud) {
    NodePrograms.install();
    LocalDate day = cloud.freshDay();
    cloud.meter(METER, "SUM", day + "T00:00");
    cloud.product("foreign", "HOUR");
    var unused =
        cloud.price(
            "foreign",
            day + "T00:00",
            Cloud.priced(METER, "{'kind':'PER_UNIT','unitPrice':'0.01'}", "CYCLE"));
    cloud.open("foreign", "foreign");
    cloud.deployment().settle();

    String printed =
        NodePrograms.run(
            "post.mjs",
            cloud.deployment().url(Service.METERING).toString(),
            cloud.deployment().platformToken(Cloud.PLATFORM),
            "foreign",
            METER,
            cloud.at(day + "T00:30").toString());
    assertThat(printed).isEmpty();
    cloud.advanceTo(day + "T01:00");

    assertThat(cloud.usage("foreign", "granularity=HOUR"))
        .singleElement()
        .satisfies(
            usage -> {
              assertThat(usage.at("/quantity").asString()).isEqualTo("4321");
              assertThat(usage.at("/eventCount").asInt()).isEqualTo(4);
            });
    assertThat(cloud.amounts("foreign")).containsExactly("43.210000");
    assertBothGenerationsRead(cloud, day);
    assertNothingOfAnotherPlatformIsRead(cloud, day);
  }

  private static JsonNode read(Cloud cloud, LocalDate day, String token) {
    return JSON.readTree(
        NodePrograms.run(
            "read.mjs",
            cloud.deployment().url(Service.METERING).toString(),
            token,
            "foreign",
            METER,
            cloud.at(day + "T00:00").toString(),
            cloud.at(day + "T02:00").toString()));
  }

  /** The interface of the clients changed on the way; both find what they look for. */
  private static void assertBothGenerationsRead(Cloud cloud, LocalDate day) {
    JsonNode answers = read(cloud, day, cloud.deployment().platformToken(Cloud.PLATFORM));
    String start = cloud.at(day + "T00:00").toString().replace("Z", ".000Z");
    for (String generation : List.of("beta185", "beta232")) {
      JsonNode answer = answers.at("/" + generation);
      assertThat(answer.at("/meters").size()).as(generation).isEqualTo(1);
      assertThat(answer.at("/meters/0/aggregation").asString()).isEqualTo("SUM");
      assertThat(answer.at("/meter/valueProperty").asString()).isEqualTo("$.value");
      assertThat(answer.at("/total/data").size()).isEqualTo(1);
      assertThat(answer.at("/total/data/0/value").asInt()).isEqualTo(4321);
      assertThat(answer.at("/total/data/0/subject").asString()).isEqualTo("foreign");
      assertThat(answer.at("/hours/data").size()).isEqualTo(1);
      assertThat(answer.at("/hours/data/0/value").asInt()).isEqualTo(4321);
      assertThat(answer.at("/hours/data/0/windowStart").asString())
          .isIn(start, start.replace(".000Z", "Z"));
      assertThat(answer.at("/all/data/0/value").asInt()).isEqualTo(4321);
      // As posted: the same event twice is twice in the log, and counted once.
      assertThat(answer.at("/events").valueStream().map(JsonNode::asString))
          .containsExactlyInAnyOrder(
              "cloudevents-sdk binary 1",
              "cloudevents-sdk structured 20",
              "openmeter-sdk one 300",
              "openmeter-sdk two 4000",
              "openmeter-sdk two 4000");
      assertThat(answer.at("/latest").asInt()).isEqualTo(1);
      assertThat(answer.at("/refusal").asInt()).isEqualTo(404);
    }
  }

  private static void assertNothingOfAnotherPlatformIsRead(Cloud cloud, LocalDate day) {
    JsonNode answer =
        read(cloud, day, cloud.deployment().platformToken("another-platform")).at("/beta232");
    assertThat(answer.at("/total/data").size()).isZero();
    assertThat(answer.at("/all/data").size()).isZero();
    assertThat(answer.at("/events").size()).isZero();
  }
}
