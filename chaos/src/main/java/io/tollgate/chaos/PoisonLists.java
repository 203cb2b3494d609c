package io.tollgate.chaos;

import io.tollgate.client.Answer;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What operators are shown of work that could not be done, account by account.
 *
 * @param entries by account, of all lists of all services; an empty account where there is none
 */
record PoisonLists(Map<String, List<Entry>> entries) {

  /** Metering lists an identity that was used twice too, as the load does on purpose. */
  private static final String CONFLICT = "conflict";

  private static final Set<Service> WITH_SET_ASIDE =
      Set.of(Service.BILLING, Service.ACCOUNT, Service.NOTIFICATION);

  private static final String PENALTY_OF_HUGE_DEBT = "999999999999.999000";
  private static final String HUGE_DEBT = "999999999999999.000000";

  /**
   * An entry of a list.
   *
   * @param list which list, in the words of {@link Poison.Outcome#list}
   * @param reason as operators read it
   */
  record Entry(String list, String reason) {}

  /** Reads all lists of services at rest. */
  static PoisonLists of(Api api) {
    Map<String, List<Entry>> entries = new TreeMap<>();
    for (Service service : Service.values()) {
      if (WITH_SET_ASIDE.contains(service)) {
        for (JsonNode item : api.items(service, "/v1/set-aside?limit=1000")) {
          add(entries, item, service.label() + " " + text(item, "work"), text(item, "reason"));
        }
        for (JsonNode item : api.items(service, "/v1/dead-letters?limit=1000")) {
          add(entries, item, service.label() + " dead letters", item.toString());
        }
      }
    }
    for (JsonNode item : api.items(Service.NOTIFICATION, "/v1/deliveries?limit=1000")) {
      add(entries, item, "notification failed e-mails", text(item, "lastError"));
    }
    for (JsonNode item : api.items(Service.METERING, "/v1/quarantine?limit=1000")) {
      if (!text(item, "reason").equals(CONFLICT)) {
        entries
            .computeIfAbsent(Stage.accountOf(text(item, "instance")), key -> new ArrayList<>())
            .add(new Entry(Poison.Outcome.QUARANTINED.list(), text(item, "detail")));
      }
    }
    return new PoisonLists(entries);
  }

  private static void add(
      Map<String, List<Entry>> entries, JsonNode item, String list, String reason) {
    entries
        .computeIfAbsent(text(item, "account"), key -> new ArrayList<>())
        .add(new Entry(list, reason));
  }

  private static String text(JsonNode item, String field) {
    return item.path(field).asString("");
  }

  /** Rows of a table: each poisoned account with where it is listed, how often and why. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (Poison poison : Poison.values()) {
      Map<String, List<String>> byList = new LinkedHashMap<>();
      of(poison.account())
          .forEach(
              entry ->
                  byList
                      .computeIfAbsent(entry.list(), key -> new ArrayList<>())
                      .add(entry.reason()));
      if (byList.isEmpty()) {
        rows.add(Report.row(poison.account(), "-", 0, ""));
      }
      byList.forEach(
          (list, reasons) ->
              rows.add(
                  Report.row(
                      poison.account(), list, reasons.size(), new TreeSet<>(reasons).getFirst())));
    }
    return rows;
  }

  private List<Entry> of(String account) {
    return entries.getOrDefault(account, List.of());
  }

  /** What is not as it must be: in the lists, and of the poisoned accounts themselves. */
  List<String> findings(Api api) {
    List<String> findings = new ArrayList<>(misplaced());
    for (Poison poison : Poison.values()) {
      findings.addAll(unreadable(api, "/v1/accounts/" + poison.account()));
    }
    findings.addAll(hugeDebt(api));
    findings.addAll(oddAddress(api));
    return findings;
  }

  /**
   * A poisoned account that is not listed with its reason, or is listed elsewhere; any other
   * account that is listed at all.
   */
  List<String> misplaced() {
    List<String> findings = new ArrayList<>();
    Set<String> others = new TreeSet<>(entries.keySet());
    for (Poison poison : Poison.values()) {
      others.remove(poison.account());
      if (!isListedAs(poison.outcome(), of(poison.account()))) {
        findings.add("%s is listed as %s".formatted(poison.account(), of(poison.account())));
      }
    }
    others.forEach(
        other -> findings.add("%s is not poisoned and is listed: %s".formatted(other, of(other))));
    return findings;
  }

  private static boolean isListedAs(Poison.Outcome outcome, List<Entry> listed) {
    return outcome == Poison.Outcome.CARRIED_OUT
        ? listed.isEmpty()
        : !listed.isEmpty()
            && listed.stream()
                .allMatch(
                    entry -> entry.list().equals(outcome.list()) && !entry.reason().isBlank());
  }

  /** Every list and state of the account. */
  private static List<String> unreadable(Api api, String base) {
    Map<Service, List<String>> paths =
        Map.of(
            Service.METERING,
            List.of("/usage"),
            Service.BILLING,
            List.of(
                "/balance", "/bills", "/penalties", "/postings", "/low-balance", "/audit-trail"),
            Service.ACCOUNT,
            List.of("", "/instances", "/audit-trail"),
            Service.NOTIFICATION,
            List.of("/messages", "/audit-trail"));
    List<String> findings = new ArrayList<>();
    paths.forEach(
        (service, ends) ->
            ends.forEach(
                end -> {
                  Answer answer = api.get(service, base + end);
                  if (!answer.ok()) {
                    findings.add(base + end + " returns " + answer.text());
                  }
                }));
    return findings;
  }

  /** A thousandth of it for each day: nothing about it is too large. */
  private static List<String> hugeDebt(Api api) {
    String base = "/v1/accounts/" + Poison.HUGE_DEBT.account();
    List<JsonNode> days = api.items(Service.BILLING, base + "/penalties?limit=1000");
    JsonNode balance = api.get(Service.BILLING, base + "/balance").orFail().body();
    BigDecimal penalty =
        new BigDecimal(PENALTY_OF_HUGE_DEBT).multiply(BigDecimal.valueOf(days.size()));
    boolean right =
        !days.isEmpty()
            && days.stream().allMatch(day -> text(day, "amount").equals(PENALTY_OF_HUGE_DEBT))
            && text(balance.path("unpaid"), "amount").equals(HUGE_DEBT)
            && new BigDecimal(text(balance.path("penalty"), "amount")).compareTo(penalty) == 0;
    return right ? List.of() : List.of("the huge debt costs %s: %s".formatted(days, balance));
  }

  /** It is in arrears, which it has been told at this very address and at no other. */
  private static List<String> oddAddress(Api api) {
    List<String> addresses =
        api.items(Service.NOTIFICATION, "/v1/deliveries?outcome=SENT&limit=1000").stream()
            .filter(email -> text(email, "account").equals(Poison.ODD_ADDRESS.account()))
            .map(email -> text(email, "address"))
            .distinct()
            .toList();
    return addresses.equals(List.of(Poisoned.ODD_ADDRESS))
        ? List.of()
        : List.of("the odd address is written to as " + addresses);
  }
}
