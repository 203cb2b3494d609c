package io.tollgate.standalone;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One account's way from usage to balance, across the services: every closed window of metering
 * beside the line that bills it, every bill beside its lines, and the balances beside their
 * postings.
 *
 * @param account which one
 * @param windows closed windows that metering has of it
 * @param billed how many of them are billed; the others' cycles are not over
 * @param difference everything that does not agree, absolute and summed, in units and money
 * @param findings where it lies
 */
public record AccountAudit(
    String account, long windows, long billed, BigDecimal difference, List<String> findings) {

  /** A cycle that ended so long ago is billed: windows stay open for late events until then. */
  private static final Duration CLOSING = Duration.ofHours(1);

  /** Keeps its own copy. */
  public AccountAudit {
    findings = List.copyOf(findings);
  }

  /** Whether everything agrees. */
  public boolean green() {
    return difference.signum() == 0;
  }

  /** The result, with a line for each finding. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-28s windows %9d   billed %9d   difference %s"
            .formatted(account, windows, billed, difference.toPlainString()));
    findings.forEach(finding -> lines.add("    " + finding));
    return lines;
  }

  /** Audits all accounts. */
  public static List<AccountAudit> all(Api api, BillingCalendar calendar) {
    return api.items(Service.ACCOUNT, "/v1/accounts").stream()
        .map(account -> ofOrFailure(api, calendar, account.path("account").asString("")))
        .toList();
  }

  /** One that can't be audited is a finding of its own, and keeps no other from being audited. */
  private static AccountAudit ofOrFailure(Api api, BillingCalendar calendar, String account) {
    try {
      return of(api, calendar, account);
    } catch (RuntimeException e) {
      return new AccountAudit(
          account, 0, 0, BigDecimal.ONE, List.of("can't be audited: " + e.getMessage()));
    }
  }

  /** Audits one account; what is on its way when it is asked can show as a difference. */
  public static AccountAudit of(Api api, BillingCalendar calendar, String account) {
    return new Comparison(api, calendar, account).compare();
  }

  private record Window(String instance, String meter, JsonNode dimensions, Instant start) {

    static Window of(JsonNode node) {
      return new Window(
          node.path("instance").asString(""),
          node.path("meter").asString(""),
          node.path("dimensions"),
          Instant.parse(node.path("windowStart").asString("")));
    }

    @Override
    public String toString() {
      return "%s %s%s from %s"
          .formatted(instance, meter, dimensions.isEmpty() ? "" : " " + dimensions, start);
    }
  }

  private record Version(int revision, BigDecimal quantity) {

    static final Version NONE = new Version(0, BigDecimal.ZERO);

    static Version of(JsonNode node) {
      return new Version(
          node.path("revision").asInt(0), new BigDecimal(node.path("quantity").asString("0")));
    }

    Version later(Version other) {
      return other.revision > revision ? other : this;
    }
  }

  /** One comparison under way. */
  private static final class Comparison {

    private final Api api;
    private final BillingCalendar calendar;
    private final String account;
    private final String path;
    private final List<String> findings = new ArrayList<>();
    private BigDecimal difference = BigDecimal.ZERO;
    private long windows;
    private long billed;

    Comparison(Api api, BillingCalendar calendar, String account) {
      this.api = api;
      this.calendar = calendar;
      this.account = account;
      this.path = "/v1/accounts/" + account;
    }

    AccountAudit compare() {
      Map<Window, Version> lines = billedWindows();
      Map<String, BillingCycle> cycles = new HashMap<>();
      api.items(Service.BILLING, "/v1/products")
          .forEach(
              product ->
                  cycles.put(
                      product.path("product").asString(""),
                      BillingCycle.valueOf(product.path("cycle").asString(""))));
      Instant now =
          Instant.parse(
              api.get(Service.BILLING, "/v1/clock").orFail().body().path("now").asString(""));
      for (JsonNode usage : api.items(Service.METERING, path + "/usage")) {
        BillingCycle cycle = cycles.get(usage.path("product").asString(""));
        if (cycle != null
            && usage.path("granularity").asString("").equals(cycle.granularity().name())
            && usage.path("state").asString("").equals("CLOSED")) {
          compare(usage, cycle, lines, now);
        }
      }
      lines.forEach(
          (window, version) -> differs(version.quantity(), window + ": billed and not metered"));
      balances();
      return new AccountAudit(account, windows, billed, difference, findings);
    }

    private void compare(
        JsonNode usage, BillingCycle cycle, Map<Window, Version> lines, Instant now) {
      windows++;
      Window window = Window.of(usage);
      Version metered = Version.of(usage);
      Version line = lines.remove(window);
      Instant end = calendar.cycleOf(cycle, window.start()).end();
      if (line == null && end.plus(CLOSING).isAfter(now)) {
        return;
      }
      billed++;
      Version has = line == null ? Version.NONE : line;
      differs(
          metered.quantity().subtract(has.quantity()),
          "%s: metering has %s in revision %d, billing %s in revision %d"
              .formatted(
                  window, metered.quantity(), metered.revision(), has.quantity(), has.revision()));
    }

    /** The last revision billed of each window; each bill must be the sum of its lines. */
    private Map<Window, Version> billedWindows() {
      Map<Window, Version> last = new HashMap<>();
      for (JsonNode bill : api.items(Service.BILLING, path + "/bills")) {
        String id = bill.path("bill").asString("");
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : api.items(Service.BILLING, path + "/bills/" + id + "/lines")) {
          sum = sum.add(amount(line.path("amount")));
          if (line.path("kind").asString("").equals("USAGE")) {
            last.merge(Window.of(line), Version.of(line), Version::later);
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
            posting.path("subAccount").asString(""),
            amount(posting.path("amount")),
            BigDecimal::add);
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
}
