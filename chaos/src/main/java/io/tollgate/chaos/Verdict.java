package io.tollgate.chaos;

import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.AccountAudit;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.AuditReport;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The books beside the truth, hour by hour and account by account.
 *
 * @param lost units acknowledged and not billed
 * @param doubled units billed and not acknowledged
 * @param drift money that is not where recharges, bills and penalties say
 * @param auditGreen whether all services' audits hold, and each account's across them
 * @param findings where the differences lie, and what the audits say
 */
public record Verdict(
    BigDecimal lost,
    BigDecimal doubled,
    BigDecimal drift,
    boolean auditGreen,
    List<String> findings) {

  /** Keeps its own copy. */
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean clean() {
    return lost.signum() == 0 && doubled.signum() == 0 && drift.signum() == 0 && auditGreen;
  }

  /** Asks the services, which are at rest. */
  public static Verdict of(Api api, Truth truth) {
    return of(api, truth, Set.of());
  }

  /**
   * The same beside accounts whose usage can't be billed.
   *
   * @param poisoned these; what they used is not where it should be
   */
  static Verdict of(Api api, Truth truth, Set<String> poisoned) {
    List<String> findings = new ArrayList<>();
    BigDecimal lost = BigDecimal.ZERO;
    BigDecimal doubled = BigDecimal.ZERO;
    BigDecimal drift = BigDecimal.ZERO;
    for (String account : truth.accounts()) {
      String base = "/v1/accounts/" + account;
      List<JsonNode> bills = api.items(Service.BILLING, base + "/bills");
      BigDecimal billed = sum(bills, "/amount");
      Map<Instant, BigDecimal> missing = new TreeMap<>(truth.usedBy(account));
      billedByHour(api, base, bills)
          .forEach((hour, units) -> missing.merge(hour, units.negate(), BigDecimal::add));
      for (Map.Entry<Instant, BigDecimal> hour : missing.entrySet()) {
        lost = lost.add(hour.getValue().max(BigDecimal.ZERO));
        doubled = doubled.add(hour.getValue().negate().max(BigDecimal.ZERO));
        if (hour.getValue().signum() != 0) {
          findings.add(
              "%s: %s units of the hour from %s are not billed"
                  .formatted(account, hour.getValue(), hour.getKey()));
        }
      }
      BigDecimal penalties = sum(api.items(Service.BILLING, base + "/penalties"), "/amount");
      JsonNode balance = api.get(Service.BILLING, base + "/balance").orFail().body();
      BigDecimal has =
          amount(balance, "funds")
              .subtract(amount(balance, "unpaid"))
              .subtract(amount(balance, "penalty"));
      BigDecimal shouldHave = truth.rechargedTo(account).subtract(billed).subtract(penalties);
      if (has.compareTo(shouldHave) != 0) {
        drift = drift.add(has.subtract(shouldHave).abs());
        findings.add("%s: has %s, should have %s".formatted(account, has, shouldHave));
      }
    }
    AuditReport audit = AuditReport.of(api);
    findings.addAll(audit.lines());
    boolean green = audit.green();
    for (AccountAudit account : AccountAudit.all(api, new BillingCalendar(Settings.ZONE))) {
      findings.addAll(account.lines());
      green &= account.green() || poisoned.contains(account.account());
    }
    return new Verdict(lost, doubled, drift, green, findings);
  }

  private static Map<Instant, BigDecimal> billedByHour(
      Api api, String account, List<JsonNode> bills) {
    Map<Instant, BigDecimal> billed = new TreeMap<>();
    for (JsonNode bill : bills) {
      String lines = account + "/bills/" + bill.at("/bill").asString() + "/lines";
      for (JsonNode line : api.items(Service.BILLING, lines)) {
        billed.merge(
            Instant.parse(line.at("/windowStart").asString()),
            new BigDecimal(line.at("/amount").asString()),
            BigDecimal::add);
      }
    }
    return billed;
  }

  private static BigDecimal sum(List<JsonNode> items, String pointer) {
    return items.stream()
        .map(item -> new BigDecimal(item.at(pointer).asString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(JsonNode balance, String field) {
    return new BigDecimal(balance.at("/" + field + "/amount").asString());
  }
}
