package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.Patience;
import io.tollgate.client.Answer;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import io.tollgate.support.messaging.KeyPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The accounts of a run: good ones with secrets, one in every partition, that nothing may happen
 * to; and those of the sandbox, that anything may happen to.
 */
final class Cast {

  /** Begins every name of what is the good accounts'. */
  static final String GOOD = "good-";

  static final String GOOD_TYPE = "good-used";

  private static final String SAND = "sand-";
  private static final int PARTITIONS = 4;
  private static final Duration KNOWN_LIMIT = Duration.ofMinutes(2);

  private final Api api;
  private final Instant begin;
  private final List<String> good = names(GOOD + "account-");
  private final List<String> goodInstances = names(GOOD + "instance-");
  private final List<String> sandbox = names(SAND + "account-");
  private final List<String> sandInstances = names(SAND + "instance-");

  /**
   * @param begin a local midnight, where the clock stands
   */
  Cast(Api api, Instant begin) {
    this.api = api;
    this.begin = begin;
  }

  /** One name for every partition, in their order. */
  private static List<String> names(String prefix) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(
            partition ->
                Stream.iterate(0, i -> i + 1)
                    .map(i -> prefix + partition + "-" + i)
                    .filter(name -> partitionOf(name) == partition)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  /** Where Kafka puts a key. */
  static int partitionOf(String key) {
    return new KeyPartitions(PARTITIONS).of(key);
  }

  List<String> good() {
    return good;
  }

  List<String> sandbox() {
    return sandbox;
  }

  /** Opens everything, and has the first hour used. */
  void appear() {
    for (String who : List.of(GOOD, SAND)) {
      meterAndProduct(who);
    }
    for (int i = 0; i < PARTITIONS; i++) {
      open(good.get(i), goodInstances.get(i), GOOD, secretName(i));
      open(sandbox.get(i), sandInstances.get(i), SAND, "Sandy " + i);
    }
    Stream.concat(good.stream(), sandbox.stream())
        .forEach(
            account ->
                Patience.until(
                    account + " known to billing",
                    KNOWN_LIMIT,
                    () -> api.get(Service.BILLING, "/v1/accounts/" + account + "/balance").ok()));
    for (int i = 0; i < PARTITIONS; i++) {
      recharge(good.get(i), "secret-tx-" + i, "7777.13131" + i);
      recharge(sandbox.get(i), "sand-tx-" + i, "5");
    }
    Patience.until(
        "the relocation's instances known to notification",
        KNOWN_LIMIT,
        () -> announceRelocation().ok());
    use("first", begin, goodInstances, GOOD_TYPE, 10);
    use("first", begin, sandInstances, SAND + "used", 20);
  }

  private Answer announceRelocation() {
    return api.post(
        Service.NOTIFICATION,
        "/v1/notices",
        Map.of(
            "kind",
            "RELOCATION",
            "action",
            Map.of("type", "RELOCATION", "instances", sandInstances),
            "effectAt",
            begin.plus(Duration.ofDays(30)).toString(),
            "texts",
            Map.of("en", text(), "zh", text())),
        SAND + "notice");
  }

  private void meterAndProduct(String who) {
    done(
        api.post(
            Service.METERING,
            "/v1/meters",
            Map.of(
                "meter",
                who + "units",
                "eventType",
                who + "used",
                "aggregation",
                "SUM",
                "valuePointer",
                "/value",
                "unit",
                "1",
                "emits",
                List.of("HOURLY", "DAILY"),
                "effectiveFrom",
                begin.toString()),
            who + "meter"));
    done(
        api.post(
            Service.BILLING,
            "/v1/products",
            Map.of("product", who + "vm", "name", "Machine", "cycle", "HOUR"),
            who + "product"));
    done(
        api.post(
            Service.BILLING,
            "/v1/products/" + who + "vm/prices",
            Map.of(
                "effectiveFrom",
                begin.toString(),
                "meters",
                List.of(
                    Map.of(
                        "meter",
                        who + "units",
                        "model",
                        Map.of("kind", "PER_UNIT", "unitPrice", "1")))),
            who + "price"));
  }

  private void open(String account, String instance, String who, String name) {
    done(api.post(Service.ACCOUNT, "/v1/accounts", Map.of("account", account), account));
    done(
        api.put(
            Service.ACCOUNT,
            "/v1/accounts/" + account + "/contacts",
            Map.of(
                "name",
                name,
                "emails",
                List.of(name.replace(' ', '-') + "@contacts.example"),
                "marketingConsent",
                false)));
    done(
        api.postAsPlatform(
            Service.ACCOUNT,
            "/v1/accounts/" + account + "/instances",
            Map.of("instance", instance, "product", who + "vm")));
  }

  private void recharge(String account, String transaction, String amount) {
    done(
        api.post(
            Service.BILLING,
            "/v1/accounts/" + account + "/recharges",
            Map.of("channel", "ALIPAY", "transaction", transaction, "amount", amount),
            transaction));
  }

  private static Map<String, String> text() {
    return Map.of("title", "Relocation", "body", "We move.");
  }

  private static String secretName(int number) {
    return "Quokka Zebedee " + number;
  }

  /** Has the good accounts' instances used in the hour from an instant: 100 units and more. */
  void useGood(Instant hour) {
    use("after", hour, goodInstances, GOOD_TYPE, 100);
  }

  private void use(String id, Instant hour, List<String> instances, String type, int units) {
    for (int i = 0; i < PARTITIONS; i++) {
      String event =
          """
          [{"specversion":"1.0","id":"%s","source":"fuzz","type":"%s","subject":"%s","time":"%s",\
          "data":{"value":%d}}]\
          """
              .formatted(id, type, instances.get(i), hour.plusSeconds(60), units + i);
      done(api.postBatch(event.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** What good accounts were billed that they were not to be, and the other way round. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      String path = "/v1/accounts/" + good.get(i);
      List<String> bills =
          api.items(Service.BILLING, path + "/bills").stream()
              .map(bill -> bill.path("amount").asString(bill.at("/amount/amount").asString("?")))
              .sorted()
              .toList();
      List<String> expected = List.of((10 + i) + ".000000", (100 + i) + ".000000");
      if (!bills.equals(expected.stream().sorted().toList())) {
        differences.add(good.get(i) + " was billed " + bills + ", used " + expected);
      }
      String contacts = api.get(Service.ACCOUNT, path + "/contacts").orFail().text();
      if (!contacts.contains(secretName(i))) {
        differences.add(good.get(i) + " has other contacts now");
      }
    }
    return differences;
  }

  /** What only the good accounts may see. */
  Secrets secrets() {
    return new Secrets(
        List.of("Quokka", "Zebedee"),
        List.of("7777.13131", "secret-tx-"),
        Stream.of(good, goodInstances, ids(good).get("bill"), ids(good).get("recharge"))
            .flatMap(List::stream)
            .toList());
  }

  /** Names that exist. */
  Ids ids() {
    Map<String, List<String>> sand = ids(sandbox);
    sand.put("instance", sandInstances);
    sand.put("product", List.of(SAND + "vm"));
    sand.put("meter", List.of(SAND + "units"));
    sand.put("type", List.of(SAND + "used"));
    sand.put("eventType", List.of(SAND + "used"));
    Map<String, List<String>> goods = ids(good);
    goods.put("instance", goodInstances);
    goods.put("product", List.of(GOOD + "vm"));
    goods.put("meter", List.of(GOOD + "units"));
    goods.put("type", List.of(GOOD_TYPE));
    return new Ids(sand, goods);
  }

  private Map<String, List<String>> ids(List<String> accounts) {
    Map<String, List<String>> ids = new HashMap<>();
    ids.put("account", accounts);
    ids.put("bill", each(accounts, Service.BILLING, "bills", "bill"));
    ids.put("recharge", each(accounts, Service.BILLING, "recharges", "recharge"));
    ids.put("message", List.of("1", "2", "3"));
    ids.put("notice", each(accounts, Service.NOTIFICATION, "messages", "notice"));
    ids.put("hold", List.of("1", "2", "3", "4"));
    ids.put("line", List.of("1"));
    ids.put("platform", List.of("demo"));
    ids.put("valuePointer", List.of("/value"));
    ids.put("topic", List.of("usage.hourly", "billing.events", "account.events", "contacts"));
    ids.put("id", IntStream.range(0, 50).mapToObj(i -> "event-" + i).toList());
    List<JsonNode> commands = api.items(Service.ACCOUNT, "/v1/platforms/demo/commands");
    ids.put(
        "command",
        commands.stream()
            .filter(command -> accounts.contains(command.path("account").asString("")))
            .map(command -> command.path("command").asString(""))
            .toList());
    ids.values().removeIf(List::isEmpty);
    return ids;
  }

  private List<String> each(List<String> accounts, Service service, String list, String id) {
    return accounts.stream()
        .flatMap(account -> api.items(service, "/v1/accounts/" + account + "/" + list).stream())
        .map(item -> item.path(id).asString(""))
        .filter(found -> !found.isEmpty())
        .toList();
  }

  private static void done(Answer answer) {
    var unused = answer.orFail();
  }
}
