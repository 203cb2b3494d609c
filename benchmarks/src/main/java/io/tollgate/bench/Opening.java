package io.tollgate.bench;

import io.tollgate.model.Hashes;
import io.tollgate.model.event.WireMapper;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Meters, a product with its prices, accounts, their funds and instances, over HTTP. */
final class Opening {
  static final String PRODUCT = "bench";
  private static final String FUNDS = "1000000.00";

  private final RunningSystem system;
  private final Api api;

  Opening(RunningSystem system) {
    this.system = system;
    this.api = system.api();
  }

  /** Meters that count an event type each, and a product that prices each. */
  void catalogue(int meters) {
    String from = system.nextHour().toString();
    for (int meter = 0; meter < meters; meter++) {
      post(
          Service.METERING,
          "/v1/meters",
          Map.of(
              "meter",
              name(meter),
              "eventType",
              Sample.type(meter),
              "aggregation",
              "SUM",
              "valuePointer",
              "/value",
              "unit",
              "unit",
              "emits",
              List.of("HOURLY"),
              "effectiveFrom",
              from));
    }
    post(
        Service.BILLING,
        "/v1/products",
        Map.of("product", PRODUCT, "name", PRODUCT, "cycle", "HOUR"));
    post(
        Service.BILLING,
        "/v1/products/" + PRODUCT + "/prices",
        Map.of(
            "effectiveFrom",
            from,
            "meters",
            IntStream.range(0, meters).mapToObj(Opening::price).toList()));
  }

  private static String name(int meter) {
    return "units-" + meter;
  }

  private static Map<String, ?> price(int meter) {
    return Map.of("meter", name(meter), "model", Map.of("kind", "PER_UNIT", "unitPrice", "0.01"));
  }

  /**
   * Opens accounts with their instances: one with funds and one without over HTTP, the others as
   * copies of them.
   *
   * @param unfunded percent of the accounts that have no funds and fall into arrears
   */
  void accounts(Population who, int unfunded) throws Exception {
    open(who, account -> account % 100 < unfunded, false);
    open(who, account -> account % 100 >= unfunded, true);
  }

  private void open(Population who, IntPredicate chosen, boolean funded) throws Exception {
    int[] numbers = IntStream.range(0, who.accounts()).filter(chosen).toArray();
    if (numbers.length == 0) {
      return;
    }
    String account = who.account(numbers[0]);
    open(who, numbers[0]);
    system.awaitRest();
    if (funded) {
      fund(account);
      system.awaitRest();
    }
    List<String> copies = Arrays.stream(numbers).skip(1).mapToObj(who::account).toList();
    new AccountCopies(new Database(system)).make(account, copies);
    new Kafka(system).copyInstances(account, copies);
    system.awaitRest();
  }

  private void open(Population who, int number) {
    String account = who.account(number);
    post(Service.ACCOUNT, "/v1/accounts", Map.of("account", account));
    for (int i = 0; i < who.instances(); i++) {
      var unused =
          api.postAsPlatform(
                  Service.ACCOUNT,
                  "/v1/accounts/" + account + "/instances",
                  Map.of("instance", who.instance(number, i), "product", PRODUCT))
              .orFail();
    }
  }

  private void fund(String account) {
    post(
        Service.BILLING,
        "/v1/accounts/" + account + "/recharges",
        Map.of("channel", "ALIPAY", "transaction", "bench-" + account, "amount", FUNDS));
  }

  private void post(Service service, String path, Map<String, ?> body) {
    String posted = path + "\n" + WireMapper.mapper().writeValueAsString(body);
    var unused = api.post(service, path, body, "bench " + Hashes.sha256(posted)).orFail();
  }
}
