package io.tollgate.chaos;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Accounts whose own data makes work fail, beside all others: none of them may hold up anybody, and
 * each must be listed with its reason.
 */
final class Poisoned {

  private static final String HUGE = "123456789012345678901234";
  private static final String UNPRICED = "unpriced";

  /** What a charge may be at most, and one more. */
  private static final String PAST_THE_BOUND = "1000000000000000";

  private final List<Account> accounts =
      Stream.of(Kind.values())
          .flatMap(kind -> Stream.of(new Account(kind, 1), new Account(kind, 2)))
          .toList();

  /** How an account's data makes work fail. */
  private enum Kind {
    /** More units than an amount has digits. */
    HUGE_CHARGE("charging"),
    /** A charge just past the bound of one amount. */
    PAST_THE_BOUND("charging"),
    /** A product that has no price. */
    NO_PRICE("charging"),
    /** An hour that was billed becomes as large as that. */
    HUGE_LATE_USAGE("late-usage"),
    /** Amounts of money past the bound: refused, so that nothing is left to be set aside. */
    HUGE_MONEY("");

    private final String work;

    Kind(String work) {
      this.work = work;
    }
  }

  private record Account(Kind kind, int number) {

    String name() {
      return "p-" + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + number;
    }

    String product() {
      return kind == Kind.NO_PRICE ? UNPRICED : "vm";
    }
  }

  /** The names of the accounts. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    accounts.forEach(account -> names.add(account.name()));
    return names;
  }

  /** Opens them. */
  void prepare(Api api) {
    var unused =
        api.post(
                Service.BILLING,
                "/v1/products",
                Map.of("product", UNPRICED, "name", "Without a price", "cycle", "HOUR"),
                "unpriced")
            .orFail();
    for (Account account : accounts) {
      Stage.open(api, account.name(), account.product());
    }
    for (Account account : accounts) {
      Stage.awaitKnown(api, account.name());
    }
  }

  /** Posts what makes charging fail, and an hour that can be billed. */
  void begin(Delivery delivery, Instant hour) {
    for (Account account : accounts) {
      delivery.post(
          List.of(
              switch (account.kind()) {
                case HUGE_CHARGE -> event(account, "first", HUGE, hour);
                case PAST_THE_BOUND -> event(account, "first", PAST_THE_BOUND, hour);
                case NO_PRICE, HUGE_LATE_USAGE, HUGE_MONEY -> event(account, "first", "2", hour);
              }));
      if (account.kind() == Kind.HUGE_MONEY) {
        refused(delivery.tryToRecharge(account.name(), "huge-" + account.name(), "9" + HUGE));
        refused(
            delivery.tryToRecharge(
                account.name(), "past-the-bound-" + account.name(), PAST_THE_BOUND));
      }
    }
  }

  private static void refused(Api.Answer answer) {
    if (answer.status() != 400 || !answer.text().contains("15 digits")) {
      throw new IllegalStateException("an amount past the bound is answered " + answer.text());
    }
  }

  /** Posts what makes rating again fail, into an hour that is billed. */
  void end(Delivery delivery, Instant hour) {
    accounts.stream()
        .filter(account -> account.kind() == Kind.HUGE_LATE_USAGE)
        .forEach(account -> delivery.post(List.of(event(account, "late", HUGE, hour))));
  }

  private static String event(Account account, String id, String value, Instant hour) {
    return """
    {"specversion":"1.0","id":"%s-%s","source":"poison","type":"%s","subject":"i-%s",\
    "time":"%s","data":{"value":%s}}\
    """
        .formatted(
            account.name(),
            id,
            Workload.METER,
            account.name(),
            hour.plus(Duration.ofMinutes(5)),
            value);
  }

  /** What is not as it must be once all work is done: empty when each is listed, and readable. */
  List<String> findings(Api api) {
    List<String> findings = new ArrayList<>();
    for (Account account : accounts) {
      List<JsonNode> items = api.items(Service.BILLING, "/v1/set-aside?account=" + account.name());
      boolean asExpected =
          account.kind().work.isEmpty()
              ? items.isEmpty()
              : items.size() == 1
                  && items.getFirst().path("work").asString("").equals(account.kind().work)
                  && !items.getFirst().path("reason").asString("").isBlank();
      if (!asExpected) {
        findings.add("%s: set aside is %s".formatted(account.name(), items));
      }
      Api.Answer balance = api.get(Service.BILLING, "/v1/accounts/" + account.name() + "/balance");
      if (!balance.ok()) {
        findings.add("%s: its balance is answered %s".formatted(account.name(), balance.text()));
      }
    }
    for (JsonNode item : api.items(Service.BILLING, "/v1/set-aside")) {
      if (!names().contains(item.path("account").asString(""))) {
        findings.add("set aside, and not poisoned: " + item);
      }
    }
    return findings;
  }
}
