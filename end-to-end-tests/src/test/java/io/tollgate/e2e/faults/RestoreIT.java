package io.tollgate.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.Audits;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rehearsal of a restore: all databases go back to an instant, the broker does not. What was
 * entered since is entered again from the list that {@code tollgate recover} prints, and from
 * nothing else; usage is billed again by itself. The books end as they were.
 */
@Tag("minutes")
class RestoreIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** 1 March 2026, 00:00 in Shanghai. */
  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  private static final List<String> ACCOUNTS = List.of("ann", "bob", "newcomer");

  @TempDir private Path archive;

  @Test
  void aDatabaseRestoredBehindKafkaEndsInTheSameBooks() {
    Settings settings = Settings.startingAt(START).archivingTo(archive);
    try (Deployment deployment = Deployment.fresh("restore", settings)) {
      Cloud cloud = new Cloud(deployment, ZONE);
      untilTheBackup(cloud);
      var unused = deployment.command("backup");
      fromTheBackupToTheRestorePoint(cloud);
      Instant restorePoint = Instant.now();
      fromTheRestorePointOn(cloud);
      List<String> books = books(cloud);

      deployment.kill();
      unused = deployment.command("restore", "--at", restorePoint.toString());
      List<JsonNode> list = entries(deployment.command("recover"));
      assertThat(list)
          .extracting(entry -> entry.at("/request").asString())
          .containsExactly(
              "POST /v1/accounts",
              "POST /v1/accounts/newcomer/instances",
              "POST /v1/accounts/newcomer/recharges",
              "POST /v1/accounts/bob/recharges",
              "POST /v1/recharges/" + recharge(list, "bob") + "/reversal",
              "POST /v1/accounts/ann/recharges");
      // Three instances, a contact and a price; what aggregation remembers comes again from its
      // changelogs.
      assertThat(deployment.command("rebuild", "--state-stores", "--projections"))
          .contains("deleted ", "5 states will be published again");

      deployment.startAgain();
      assertThat(deployment.now()).isEqualTo(cloud.at("2026-03-01T02:00"));
      int last = list.size() - 1;
      for (JsonNode entry : list.subList(0, last)) {
        deployment.advanceTo(Instant.parse(entry.at("/at").asString()));
        enterAgain(deployment, entry);
      }
      // The last one is entered too late: its money counts from when it was paid all the same.
      cloud.advanceTo("2026-03-06T00:00");
      enterAgain(deployment, list.get(last));

      assertThat(books(cloud)).containsExactlyElementsOf(books);
      Audits.areGreen(deployment);
      assertEachNoticeOnce(cloud);
      // Ann still owes 15 of her 100 and is suspended, which costs nothing.
      cloud.use("newcomer", "units", "2026-03-06T00:30", "7");
      cloud.advanceTo("2026-03-06T01:00");
      assertThat(cloud.bills("newcomer").getFirst().at("/amount").asString()).isEqualTo("7.000000");
    }
  }

  private static void untilTheBackup(Cloud cloud) {
    cloud.meter("units", "SUM", "2026-03-01T00:00");
    cloud.product("vm", "HOUR");
    var unused =
        cloud.price(
            "vm",
            "2026-03-01T00:00",
            Cloud.priced("units", "{'kind':'PER_UNIT','unitPrice':'1'}", "CYCLE"));
    cloud.open("ann", "vm");
    cloud.open("bob", "vm");
    cloud.contact("ann", "ann@customers.example");
    cloud.deployment().settle();
    unused = cloud.recharge("ann", "40.00");
    cloud.use("ann", "units", "2026-03-01T00:30", "5");
    cloud.advanceTo("2026-03-01T01:00");
  }

  private static void fromTheBackupToTheRestorePoint(Cloud cloud) {
    var unused = cloud.recharge("bob", "10.00");
    cloud.use("bob", "units", "2026-03-01T01:30", "3");
    cloud.advanceTo("2026-03-01T02:00");
  }

  /** Usage, a newcomer, recharges and their reversal, arrears with penalties and a suspension. */
  private static void fromTheRestorePointOn(Cloud cloud) {
    cloud.open("newcomer", "vm");
    cloud.deployment().settle();
    var unused = cloud.recharge("newcomer", "200.00");
    cloud.use("newcomer", "units", "2026-03-01T02:10", "120");
    cloud.use("ann", "units", "2026-03-01T02:30", "100");
    cloud.advanceTo("2026-03-01T03:00");
    String taken = cloud.recharge("bob", "25.00").text("/recharge");
    cloud.use("bob", "units", "2026-03-01T03:30", "20");
    cloud.advanceTo("2026-03-01T04:00");
    unused =
        Cloud.done(
            cloud
                .deployment()
                .operator(Service.BILLING)
                .post("/v1/recharges/" + taken + "/reversal", "{'reversal':'taken-back-1'}"));
    cloud.advanceTo("2026-03-04T12:00");
    unused = cloud.recharge("ann", "50.00");
    cloud.advanceTo("2026-03-06T00:00");
  }

  private static List<JsonNode> entries(String printed) {
    return printed.lines().map(JSON::readTree).toList();
  }

  private static String recharge(List<JsonNode> list, String account) {
    return list.stream()
        .map(entry -> entry.at("/request").asString())
        .filter(request -> request.endsWith("/reversal"))
        .map(request -> request.split("/")[3])
        .findFirst()
        .orElseThrow(() -> new AssertionError("no reversal is listed for " + account));
  }

  /** The operator makes a listed request. */
  private static void enterAgain(Deployment deployment, JsonNode entry) {
    Service service = Service.valueOf(entry.at("/service").asString().toUpperCase(Locale.ROOT));
    String path = entry.at("/request").asString().replace("POST ", "");
    String body = JSON.writeValueAsString(entry.at("/body"));
    var unused = Cloud.done(deployment.operator(service).post(path, body));
    deployment.settle();
  }

  /** Everything an account is shown of its money, a line each. */
  private static List<String> books(Cloud cloud) {
    List<String> books = new ArrayList<>();
    for (String account : ACCOUNTS) {
      for (String field : List.of("funds", "creditDrawn", "owed", "unpaid", "penalty")) {
        books.add(account + " " + field + " " + cloud.balance(account, field));
      }
      cloud.penalties(account).forEach(day -> books.add(account + " penalty " + day));
      cloud.bills(account).stream()
          .map(bill -> text(account, bill, "bill", "kind", "periodStart", "amount", "dueAt"))
          .sorted()
          .forEach(books::add);
      cloud.lines(account).stream()
          .map(line -> text(account, line, "number", "windowStart", "quantity", "amount"))
          .forEach(books::add);
      cloud.items(Service.BILLING, account, "recharges").stream()
          .map(item -> text(account, item, "recharge", "transaction", "state", "valueTime"))
          .sorted()
          .forEach(books::add);
    }
    return books;
  }

  private static String text(String account, JsonNode item, String... fields) {
    StringBuilder text = new StringBuilder(account);
    for (String field : fields) {
      text.append(' ').append(item.at("/" + field).asString(item.at("/" + field).toString()));
    }
    return text.toString();
  }

  private static void assertEachNoticeOnce(Cloud cloud) {
    for (String account : ACCOUNTS) {
      List<JsonNode> messages = cloud.items(Service.NOTIFICATION, account, "messages");
      assertThat(messages.stream().map(m -> m.at("/notice").asString()))
          .as("notices to %s", account)
          .isNotEmpty()
          .doesNotHaveDuplicates();
      assertThat(
              messages.stream()
                  .filter(m -> m.at("/kind").asString().equals("RECHARGE_RECEIVED"))
                  .count())
          .as("recharges told to %s", account)
          .isEqualTo(cloud.items(Service.BILLING, account, "recharges").size());
    }
  }
}
