package io.tollgate.e2e.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.ForeignProgram;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * CloudWatch series posted once, twice, and shuffled with a third arriving a day late, to three
 * accounts side by side: all get the totals that a script reckons from the files.
 *
 * <p>The series are not part of the project: the system property {@code tollgate.cloudwatch} names
 * their directory, or they lie beside the project.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("minutes")
class CloudWatchIT {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Path DATA =
      Path.of(System.getProperty("tollgate.cloudwatch", "../../shared/data/cloudwatch"));
  private static final Path SCRIPT = Path.of("src", "test", "python", "cloudwatch_totals.py");
  private static final String TYPE = "reading";
  private static final String PRICE = "0.0001";
  private static final List<String> ACCOUNTS = List.of("once", "twice", "shuffled");
  private static final long SEED = 20140214;
  private static final int DAYS_READ_AT_ONCE = 10;

  private final Random random = new Random(SEED);
  private final Map<String, Map<String, JsonNode>> usage = new HashMap<>();
  private List<Series> series = List.of();
  private JsonNode expected = JsonMapper.shared().missingNode();
  private List<String> late = List.of();
  private Deployment deployment;
  private Cloud cloud;

  @BeforeAll
  void postDayByDay() {
    assumeTrue(Files.isDirectory(DATA), "no CloudWatch series in " + DATA.toAbsolutePath());
    assumeTrue(ForeignProgram.isInstalled("python3"), "python3 is not installed");
    series = Series.all(DATA, ZONE);
    expected =
        JsonMapper.shared()
            .readTree(
                ForeignProgram.run(
                    Path.of("target"),
                    List.of(
                        "python3",
                        SCRIPT.toAbsolutePath().toString(),
                        DATA.toAbsolutePath().toString(),
                        ZONE.getId(),
                        PRICE)));
    LocalDate first =
        series.stream().map(each -> each.days().firstKey()).min(LocalDate::compareTo).orElseThrow();
    LocalDate last =
        series.stream().map(each -> each.days().lastKey()).max(LocalDate::compareTo).orElseThrow();
    deployment =
        Deployment.fresh("cloudwatch", Settings.startingAt(first.atStartOfDay(ZONE).toInstant()));
    cloud = new Cloud(deployment, ZONE);
    open(first);
    LocalDate read = first;
    for (LocalDate day = first; !day.isAfter(last.plusDays(1)); day = day.plusDays(1)) {
      post(day);
      cloud.advanceTo(day.plusDays(1) + "T00:00");
      // What arrives late arrives within a day; old totals are forgotten after the horizon.
      if (day.isAfter(last) || read.plusDays(DAYS_READ_AT_ONCE).isBefore(day)) {
        read(read, day);
        read = day;
      }
    }
  }

  @AfterAll
  void stop() {
    if (deployment != null) {
      deployment.close();
    }
  }

  private void open(LocalDate first) {
    String from = first + "T00:00";
    cloud.meter("readings-sum", TYPE, "SUM", from);
    cloud.meter("readings-count", TYPE, "COUNT", from);
    cloud.product("monitored", "HOUR");
    var unused =
        cloud.price(
            "monitored",
            from,
            Cloud.priced(
                "readings-sum", "{'kind':'PER_UNIT','unitPrice':'" + PRICE + "'}", "CYCLE"));
    for (String account : ACCOUNTS) {
      cloud.openAccount(account);
      for (Series each : series) {
        cloud.register(account, each.instance(account), "monitored");
      }
    }
    deployment.settle();
    for (String account : ACCOUNTS) {
      unused = cloud.recharge(account, "1000000000.00");
    }
  }

  private void post(LocalDate day) {
    List<String> events = new ArrayList<>();
    List<String> shuffled = new ArrayList<>();
    for (Series each : series) {
      List<String> once = each.events(cloud, day, "once", TYPE);
      List<String> twice = each.events(cloud, day, "twice", TYPE);
      events.addAll(once);
      events.addAll(twice);
      events.addAll(twice);
      shuffled.addAll(each.events(cloud, day, "shuffled", TYPE));
    }
    Collections.shuffle(shuffled, random);
    int third = shuffled.size() / 3;
    events.addAll(late);
    events.addAll(shuffled.subList(third, shuffled.size()));
    late = List.copyOf(shuffled.subList(0, third));
    cloud.post(events);
  }

  private void read(LocalDate from, LocalDate to) {
    for (String account : ACCOUNTS) {
      Map<String, JsonNode> windows = usage.computeIfAbsent(account, key -> new TreeMap<>());
      String range = "limit=1000&from=" + start(from) + "&to=" + start(to);
      for (JsonNode window : cloud.usage(account, range)) {
        windows.put(
            window.at("/instance").asString()
                + " "
                + window.at("/meter").asString()
                + " "
                + window.at("/granularity").asString()
                + " "
                + window.at("/windowStart").asString(),
            window);
      }
    }
  }

  private static String start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant().toString();
  }

  @Test
  void theScriptReadsTheFilesAsTheyAreKnown() {
    assertThat(expected.at("/ec2_disk_write_bytes_1ef3de/count").asInt()).isEqualTo(4730);
    assertThat(expected.at("/rds_cpu_utilization_cc0c53/sum").asString())
        .isEqualTo("32708.4247700000004170");
  }

  @Test
  void everyHourAndDayIsCountedToTheLastDigit() {
    for (String account : ACCOUNTS) {
      assertThat(described(account)).as(account).isEqualTo(expected(account));
    }
  }

  /** What was counted, in words that do not depend on trailing zeros. */
  private Map<String, String> described(String account) {
    Map<String, String> found = new TreeMap<>();
    usage
        .getOrDefault(account, Map.of())
        .forEach((key, window) -> found.put(key, exact(window.at("/quantity").asString())));
    return found;
  }

  private Map<String, String> expected(String account) {
    Map<String, String> found = new TreeMap<>();
    for (Series each : series) {
      for (String granularity : List.of("HOUR", "DAY")) {
        String windows = granularity.equals("HOUR") ? "hours" : "days";
        expected
            .path(each.name())
            .path(windows)
            .properties()
            .forEach(
                window -> {
                  String end = " " + granularity + " " + window.getKey();
                  String instance = each.instance(account);
                  found.put(
                      instance + " readings-sum" + end,
                      exact(window.getValue().path(0).asString()));
                  found.put(
                      instance + " readings-count" + end,
                      Integer.toString(window.getValue().path(1).asInt()));
                });
      }
    }
    return found;
  }

  private static String exact(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  @Test
  void lateReadingsMadeNewRevisionsAndRepeatedOnesNone() {
    assertThat(revisions("once")).containsOnly(1);
    assertThat(revisions("twice")).containsOnly(1);
    assertThat(revisions("shuffled")).contains(2).doesNotContain(0);
  }

  private List<Integer> revisions(String account) {
    return usage.getOrDefault(account, Map.of()).values().stream()
        .map(window -> window.at("/revision").asInt())
        .distinct()
        .toList();
  }

  /** What is left of the same funds. */
  @Test
  void allThreeAreChargedTheSame() {
    BigDecimal charge = BigDecimal.ZERO;
    for (Series each : series) {
      charge = charge.add(new BigDecimal(expected.path(each.name()).path("charge").asString()));
    }
    String left = new BigDecimal("1000000000.000000").subtract(charge).toPlainString();
    for (String account : ACCOUNTS) {
      assertThat(cloud.balance(account, "funds")).as(account).isEqualTo(left);
    }
    assertThat(
            Cloud.done(deployment.operator(Service.METERING).get("/v1/audit"))
                .body()
                .at("/green")
                .asBoolean())
        .isTrue();
  }
}
