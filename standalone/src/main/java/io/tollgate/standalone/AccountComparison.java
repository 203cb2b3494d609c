package io.tollgate.standalone;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Granularity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One account's comparison under way.
 *
 * <p>It starts from what metering counted, all of it, and asks of each closed window what billing
 * made of it: what neither a bill nor the list of what is set aside accounts for is a difference.
 */
final class AccountComparison {

  /** A cycle that ended so long ago is billed: windows stay open for late events until then. */
  private static final Duration CLOSING = Duration.ofHours(1);

  private final Api api;
  private final BillingCalendar calendar;
  private final String account;
  private final String path;
  private final Map<String, BillingCycle> cycles = new HashMap<>();
  private final SetAsideReasons reasons = new SetAsideReasons();
  private final Set<Window> metered = new HashSet<>();
  private final List<String> findings = new ArrayList<>();
  private BigDecimal difference = BigDecimal.ZERO;
  private Instant now = Instant.MIN;
  private long windows;
  private long billed;
  private long setAside;

  AccountComparison(Api api, BillingCalendar calendar, String account) {
    this.api = api;
    this.calendar = calendar;
    this.account = account;
    this.path = "/v1/accounts/" + account;
  }

  private record Window(
      String instance, String meter, JsonNode dimensions, Granularity granularity, Instant start) {

    static Window of(JsonNode node, Granularity granularity) {
      return new Window(
          node.path("instance").asString(""),
          node.path("meter").asString(""),
          node.path("dimensions"),
          granularity,
          Instant.parse(node.path("windowStart").asString("")));
    }

    Window at(Granularity other, Instant otherStart) {
      return new Window(instance, meter, dimensions, other, otherStart);
    }

    @Override
    public String toString() {
      return "%s %s%s from %s"
          .formatted(instance, meter, dimensions.isEmpty() ? "" : " " + dimensions, start);
    }
  }

  private record Version(int revision, BigDecimal quantity) {

    static Version of(JsonNode node) {
      return new Version(
          node.path("revision").asInt(0), new BigDecimal(node.path("quantity").asString("0")));
    }

    Version later(Version other) {
      return other.revision > revision ? other : this;
    }
  }

  AccountAudit compare() {
    for (JsonNode product : api.items(Service.BILLING, "/v1/products")) {
      cycles.put(
          product.path("product").asString(""),
          BillingCycle.valueOf(product.path("cycle").asString("")));
    }
    for (JsonNode item : api.items(Service.BILLING, "/v1/set-aside?account=" + account)) {
      reasons.add(
          item.path("work").asString(""),
          item.path("subject").asString(""),
          item.path("reason").asString(""));
    }
    now =
        Instant.parse(
            api.get(Service.BILLING, "/v1/clock").orFail().body().path("now").asString(""));
    Map<Window, Version> lines = billedWindows();
    List<JsonNode> usage = api.items(Service.METERING, path + "/usage");
    usage.forEach(each -> metered.add(Window.of(each, granularity(each))));
    usage.stream()
        .filter(each -> each.path("state").asString("").equals("CLOSED"))
        .forEach(each -> compare(each, lines));
    lines.forEach(
        (window, version) -> differs(version.quantity(), window + ": billed and not metered"));
    balances();
    return new AccountAudit(account, windows, billed, setAside, difference, findings);
  }

  private static Granularity granularity(JsonNode usage) {
    return Granularity.valueOf(usage.path("granularity").asString(""));
  }

  private void compare(JsonNode usage, Map<Window, Version> lines) {
    windows++;
    Window window = Window.of(usage, granularity(usage));
    String product = usage.path("product").asString("");
    BillingCycle cycle = cycles.get(product);
    if (cycle == null) {
      setAsideOrLost(
          window,
          Version.of(usage),
          reasons.ofProduct(product),
          "product %s is not in the catalogue".formatted(product));
    } else if (window.granularity() == cycle.granularity()) {
      compare(window, Version.of(usage), product, cycle, lines);
    } else {
      compareInOtherWindows(window, Version.of(usage), product, cycle);
    }
  }

  /** A window that the product is not billed by is part of what one that it is billed by counts. */
  private void compareInOtherWindows(
      Window window, Version usage, String product, BillingCycle cycle) {
    Granularity wanted = cycle.granularity();
    boolean counted =
        wanted == Granularity.DAY
            ? metered.contains(window.at(wanted, calendar.dayOf(window.start()).start()))
            : metered.stream().anyMatch(each -> within(each, window));
    if (counted) {
      billed++;
    } else {
      setAsideOrLost(
          window,
          usage,
          Optional.empty(),
          "product %s is billed by the %s, and metering has no usage by the %s of it"
              .formatted(product, cycle, wanted));
    }
  }

  private boolean within(Window hour, Window day) {
    return hour.granularity() == Granularity.HOUR
        && hour.equals(day.at(Granularity.HOUR, hour.start()))
        && calendar.dayOf(hour.start()).start().equals(day.start());
  }

  private void compare(
      Window window,
      Version usage,
      String product,
      BillingCycle cycle,
      Map<Window, Version> lines) {
    Version line = lines.remove(window);
    var whole = calendar.cycleOf(cycle, window.start());
    if (line == null && whole.end().plus(CLOSING).isAfter(now)) {
      return;
    }
    Instant month = calendar.monthOf(whole.start()).start();
    BigDecimal by = usage.quantity().subtract(line == null ? BigDecimal.ZERO : line.quantity());
    if (line != null && by.signum() == 0) {
      billed++;
      return;
    }
    setAsideOrLost(
        window,
        new Version(usage.revision(), by),
        line == null
            ? reasons.ofUnbilled(product, whole.start(), month)
            : reasons.ofBilled(product, month, usage.revision() > line.revision()),
        "metering has %s in revision %d, billing %s in revision %d"
            .formatted(
                usage.quantity(),
                usage.revision(),
                line == null ? BigDecimal.ZERO : line.quantity(),
                line == null ? 0 : line.revision()));
  }

  private void setAsideOrLost(
      Window window, Version usage, Optional<String> reason, String otherwise) {
    if (reason.isPresent()) {
      setAside++;
      findings.add("%s: %s set aside: %s".formatted(window, usage.quantity(), reason.get()));
    } else {
      differs(usage.quantity(), window + ": " + otherwise);
    }
  }

  /** The last revision billed of each window; each bill must be the sum of its lines. */
  private Map<Window, Version> billedWindows() {
    Map<Window, Version> last = new HashMap<>();
    for (JsonNode bill : api.items(Service.BILLING, path + "/bills")) {
      String id = bill.path("bill").asString("");
      Granularity granularity = BillingCycle.valueOf(bill.path("cycle").asString("")).granularity();
      BigDecimal sum = BigDecimal.ZERO;
      for (JsonNode line : api.items(Service.BILLING, path + "/bills/" + id + "/lines")) {
        sum = sum.add(amount(line.path("amount")));
        if (line.path("kind").asString("").equals("USAGE")) {
          Window window = Window.of(line, granularity);
          last.merge(window, Version.of(line), Version::later);
          if (line.at("/rated/basis").asString("").equals("UNPRICED")) {
            findings.add(
                "%s: %s without a price: version %s does not name the meter"
                    .formatted(
                        window,
                        line.path("quantity").asString(""),
                        line.at("/rated/priceVersion").asString("")));
          }
        }
      }
      differs(
          amount(bill.path("amount")).subtract(sum),
          "bill %s: its lines add up to %s".formatted(id, sum));
    }
    return last;
  }

  private void balances() {
    Map<String, BigDecimal> posted = new HashMap<>();
    for (JsonNode posting : api.items(Service.BILLING, path + "/postings")) {
      posted.merge(
          posting.path("subAccount").asString(""), amount(posting.path("amount")), BigDecimal::add);
    }
    JsonNode balance = api.get(Service.BILLING, path + "/balance").orFail().body();
    balance(posted, "FUNDS", amount(balance.at("/funds/amount")));
    balance(posted, "CREDIT", amount(balance.at("/creditDrawn/amount")).negate());
    balance(posted, "PRINCIPAL", amount(balance.at("/unpaid/amount")).negate());
    balance(posted, "PENALTY", amount(balance.at("/penalty/amount")).negate());
  }

  private void balance(Map<String, BigDecimal> posted, String part, BigDecimal is) {
    BigDecimal sum = posted.getOrDefault(part, BigDecimal.ZERO);
    differs(is.subtract(sum), "%s is %s, its postings add up to %s".formatted(part, is, sum));
  }

  private void differs(BigDecimal by, String finding) {
    if (by.signum() != 0) {
      difference = difference.add(by.abs());
      findings.add(finding);
    }
  }

  private static BigDecimal amount(JsonNode node) {
    return new BigDecimal(node.asString("0"));
  }
}
