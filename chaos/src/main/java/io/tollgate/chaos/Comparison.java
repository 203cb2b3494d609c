package io.tollgate.chaos;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One account's books beside the truth.
 *
 * @param lost units acknowledged and not billed, hour by hour
 * @param doubled units billed and not acknowledged, hour by hour
 * @param drift what the account has beyond what it should have
 * @param findings where the differences lie
 */
record Comparison(BigDecimal lost, BigDecimal doubled, BigDecimal drift, List<String> findings) {

  Comparison {
    findings = List.copyOf(findings);
  }

  /** Asks billing, which is at rest. */
  static Comparison of(Api api, Truth truth, String account) {
    String base = "/v1/accounts/" + account;
    List<JsonNode> bills = api.items(Service.BILLING, base + "/bills?limit=1000");
    BigDecimal lost = BigDecimal.ZERO;
    BigDecimal doubled = BigDecimal.ZERO;
    List<String> findings = new ArrayList<>();
    for (Map.Entry<Instant, BigDecimal> hour :
        missing(truth.usedBy(account), billedByHour(api, base, bills)).entrySet()) {
      lost = lost.add(hour.getValue().max(BigDecimal.ZERO));
      doubled = doubled.add(hour.getValue().negate().max(BigDecimal.ZERO));
      findings.add(
          "%s: %s units of the hour from %s are not billed"
              .formatted(account, hour.getValue(), hour.getKey()));
    }
    BigDecimal has = worth(api, base);
    BigDecimal shouldHave =
        truth
            .rechargedTo(account)
            .subtract(sum(bills))
            .subtract(sum(api.items(Service.BILLING, base + "/penalties?limit=1000")));
    BigDecimal drift = has.subtract(shouldHave);
    if (drift.signum() != 0) {
      findings.add("%s: has %s, should have %s".formatted(account, has, shouldHave));
    }
    return new Comparison(lost, doubled, drift, findings);
  }

  /** What was used beyond what is billed, of the hours in which that differs. */
  private static Map<Instant, BigDecimal> missing(
      Map<Instant, BigDecimal> used, Map<Instant, BigDecimal> billed) {
    Map<Instant, BigDecimal> missing = new TreeMap<>(used);
    billed.forEach((hour, units) -> missing.merge(hour, units.negate(), BigDecimal::add));
    missing.values().removeIf(units -> units.signum() == 0);
    return missing;
  }

  /** A unit costs 1, so an amount says how many there are. */
  private static Map<Instant, BigDecimal> billedByHour(Api api, String base, List<JsonNode> bills) {
    Map<Instant, BigDecimal> billed = new TreeMap<>();
    for (JsonNode bill : bills) {
      if (bill.path("kind").asString("").equals("CYCLE")) {
        add(billed, bill, "periodStart");
      } else {
        String lines = base + "/bills/" + bill.path("bill").asString("") + "/lines";
        for (JsonNode line : api.items(Service.BILLING, lines)) {
          add(billed, line, "windowStart");
        }
      }
    }
    return billed;
  }

  private static void add(Map<Instant, BigDecimal> billed, JsonNode item, String start) {
    billed.merge(Instant.parse(item.path(start).asString("")), amount(item), BigDecimal::add);
  }

  private static BigDecimal worth(Api api, String base) {
    JsonNode balance = api.get(Service.BILLING, base + "/balance").orFail().body();
    return amount(balance.path("funds"))
        .subtract(amount(balance.path("unpaid")))
        .subtract(amount(balance.path("penalty")));
  }

  private static BigDecimal sum(List<JsonNode> items) {
    return items.stream().map(Comparison::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(JsonNode item) {
    return new BigDecimal(item.path("amount").asString(""));
  }
}
