package io.tollgate.standalone.demo;

import io.tollgate.standalone.AuditReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Tells people what happened in the month. */
public final class DemoReport {

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

  private final List<String> text = new ArrayList<>();

  /** How often and how much. */
  private record Sum(long count, BigDecimal amount) {
    static final Sum NOTHING = new Sum(0, BigDecimal.ZERO);

    Sum plus(BigDecimal more) {
      return new Sum(count + 1, amount.add(more));
    }
  }

  /** All of it. */
  public static List<String> of(Export export, List<String> commands, AuditReport audit) {
    DemoReport report = new DemoReport();
    report.addUsage(export);
    report.addBills(export);
    report.addBalances(export);
    report.addStory(SampleGenerator.DRY, "ran dry and came back", export);
    report.addStory(SampleGenerator.LOST, "ran dry and was released", export);
    report.addCommands(commands);
    report.addNotices(export);
    report.addAudit(audit);
    return report.text;
  }

  private void title(String words) {
    text.add("");
    text.add("== " + words);
  }

  private void addUsage(Export export) {
    title("Usage per meter, and lines of each kind");
    Map<String, Sum> quantities = new TreeMap<>();
    Map<String, Sum> amounts = new TreeMap<>();
    each(
        export.lines(),
        (account, line) -> {
          String meter = line.path("meter").asString("");
          String name = meter.isEmpty() ? line.path("kind").asString("?") : meter;
          add(quantities, name, decimal(line.path("quantity")));
          add(amounts, name, decimal(line.path("amount")));
        });
    quantities.forEach(
        (name, quantity) ->
            text.add(
                "%-16s %,18.6f   %,7d lines   %,16.6f CNY"
                    .formatted(name, quantity.amount(), quantity.count(), amount(amounts, name))));
  }

  private static BigDecimal amount(Map<String, Sum> sums, String name) {
    return sums.getOrDefault(name, Sum.NOTHING).amount();
  }

  private void addBills(Export export) {
    title("Bills");
    Map<String, Sum> bills = new TreeMap<>();
    each(
        export.bills(),
        (account, bill) ->
            add(
                bills,
                "%-10s %-6s %s"
                    .formatted(
                        bill.path("product").asString(""),
                        bill.path("cycle").asString(""),
                        bill.path("kind").asString("")),
                decimal(bill.path("amount"))));
    bills.forEach(
        (name, sum) ->
            text.add("%-28s %,7d bills   %,16.6f CNY".formatted(name, sum.count(), sum.amount())));
  }

  private void addBalances(Export export) {
    title("Balances");
    Map<String, Sum> sums = new TreeMap<>();
    each(
        export.balances(),
        (account, balance) -> {
          for (String part : List.of("funds", "owed", "penalty")) {
            add(sums, part, decimal(balance.path(part)));
          }
        });
    sums.forEach(
        (part, sum) ->
            text.add(
                "%-10s %,16.6f CNY over %d accounts".formatted(part, sum.amount(), sum.count())));
  }

  private void addStory(String account, String words, Export export) {
    title(account + " " + words);
    Map<String, Sum> days = new TreeMap<>();
    Map<String, Sum> owed = new TreeMap<>();
    for (JsonNode penalty : export.penalties().getOrDefault(account, List.of())) {
      String day = penalty.path("day").asString("");
      add(days, day, decimal(penalty.path("amount")));
      add(owed, day, decimal(penalty.path("principal")));
    }
    days.forEach(
        (day, sum) ->
            text.add(
                "penalty of %s   %s CNY on %s CNY owed over %d bills"
                    .formatted(day, sum.amount(), amount(owed, day), sum.count())));
    List<JsonNode> told = new ArrayList<>(export.notices().getOrDefault(account, List.of()));
    told.sort(java.util.Comparator.comparingLong(message -> message.path("message").asLong(0)));
    for (JsonNode message : told) {
      text.add(
          "%s   %-20s %s"
              .formatted(
                  local(message.path("deliveredAt").asString("")),
                  message.path("kind").asString(""),
                  message.path("title").asString("")));
    }
    for (JsonNode balance : export.balances().getOrDefault(account, List.of())) {
      text.add(
          "funds %s   owed %s   penalty %s"
              .formatted(
                  amountOf(balance.path("funds")),
                  amountOf(balance.path("owed")),
                  amountOf(balance.path("penalty"))));
    }
  }

  private void addCommands(List<String> commands) {
    title("Commands that the platform carried out");
    text.addAll(commands);
  }

  private void addNotices(Export export) {
    title("Notices, all accounts");
    Map<String, Sum> kinds = new TreeMap<>();
    each(
        export.notices(),
        (account, message) ->
            add(
                kinds,
                "%s  %s"
                    .formatted(
                        local(message.path("deliveredAt").asString("")).substring(0, 5),
                        message.path("kind").asString("")),
                BigDecimal.ZERO));
    kinds.forEach((name, sum) -> text.add("%-32s %,7d".formatted(name, sum.count())));
  }

  private void addAudit(AuditReport audit) {
    title("Audit: " + (audit.green() ? "all differences are 0" : "NOT GREEN"));
    text.addAll(audit.lines());
  }

  private interface Each {
    void take(String account, JsonNode item);
  }

  private static void each(Map<String, List<JsonNode>> content, Each each) {
    content.forEach((account, items) -> items.forEach(item -> each.take(account, item)));
  }

  private static void add(Map<String, Sum> sums, String name, BigDecimal amount) {
    sums.merge(name, Sum.NOTHING.plus(amount), (sum, one) -> sum.plus(amount));
  }

  private static String amountOf(JsonNode node) {
    return decimal(node).toPlainString();
  }

  /** An amount with its currency, or a plain decimal. */
  private static BigDecimal decimal(JsonNode node) {
    JsonNode amount = node.isObject() ? node.path("amount") : node;
    String digits = amount.asString("0").split(" ", 2)[0];
    return new BigDecimal(digits);
  }

  private static String local(String instant) {
    return LOCAL.format(Instant.parse(instant).atZone(Sample.ZONE));
  }
}
