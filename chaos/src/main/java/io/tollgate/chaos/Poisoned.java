package io.tollgate.chaos;

import io.tollgate.client.Answer;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Accounts whose own data makes work fail, one for each {@link Poison}, beside all others: none of
 * them may hold up anybody.
 */
final class Poisoned {

  private static final String HUGE = "123456789012345678901234";

  /** What a charge may be at most. */
  private static final String MOST = "999999999999999";

  private static final String PAST_THE_BOUND = "1000000000000000";

  /** Letters of two directions, and what templates, pages and format texts are marked with. */
  private static final String NAME =
      "<b>{{name}}</b> ${balance} %s \u202E\u0645\u0631\u062D\u0628\u0627";

  /** A mail server that offers SMTPUTF8 takes it, as the one of a run does. */
  static final String ODD_ADDRESS = "\u7528\u6237@\u4F8B\u5B50.\u516C\u53F8";

  /** So many hours after the first its windows are closed and billed. */
  private static final long BILLED_AFTER_HOURS = 2;

  private final Delivery delivery;
  private final Instant hour;
  private boolean wentOn;

  /**
   * @param hour the first of the run; all that is used is used in it
   */
  Poisoned(Delivery delivery, Instant hour) {
    this.delivery = delivery;
    this.hour = hour;
  }

  /** Opens the accounts. */
  static void prepare(Api api, Instant begin) {
    product(api, Poison.NO_PRICE.product());
    String dear = Poison.RECURRING_PAST_THE_BOUND.product();
    product(api, dear);
    Stage.done(
        api.post(
            Service.BILLING,
            "/v1/products/" + dear + "/prices",
            Map.of("effectiveFrom", begin.toString(), "flatFee", MOST),
            "dear"));
    for (Poison poison : Poison.values()) {
      if (poison == Poison.UNKNOWN_PRODUCT) {
        openWithoutAProduct(api, poison);
      } else {
        Stage.open(api, poison.account(), poison.currency(), poison.product());
      }
    }
    Stage.register(
        api,
        Poison.RECURRING_PAST_THE_BOUND.account(),
        "i-another",
        Poison.RECURRING_PAST_THE_BOUND.product());
    writeOddContacts(api, Poison.ODD_ADDRESS.account());
    for (Poison poison : Poison.values()) {
      Stage.awaitKnown(api, poison.account());
    }
  }

  private static void writeOddContacts(Api api, String account) {
    Stage.done(Stage.writeContacts(api, account, NAME, ODD_ADDRESS));
    for (String address : List.of("a..b@example.org", "a@example.", "a@b@example.org", "a@-.org")) {
      Answer answer = Stage.writeContacts(api, account, NAME, address);
      if (answer.status() != 400 || !answer.text().contains(address)) {
        throw new IllegalStateException("an invalid address got " + answer.text());
      }
    }
  }

  private static void openWithoutAProduct(Api api, Poison poison) {
    String account = poison.account();
    Stage.openAccount(api, account, poison.currency());
    Answer answer = Stage.tryToRegister(api, account, Stage.instanceOf(account), poison.product());
    if (!answer.problem().equals(Stage.PRODUCT_UNKNOWN)) {
      throw new IllegalStateException("an unknown product got " + answer);
    }
  }

  private static void product(Api api, String product) {
    Stage.done(
        api.post(
            Service.BILLING,
            "/v1/products",
            Map.of("product", product, "name", product, "cycle", "HOUR"),
            product));
  }

  /** Posts what makes the first hour fail, and what can be billed of it. */
  void begin() {
    for (Poison poison : Poison.values()) {
      switch (poison) {
        case HUGE_CHARGE -> use(poison, "first", HUGE);
        case PAST_THE_BOUND -> use(poison, "first", PAST_THE_BOUND);
        case HUGE_DEBT -> {
          use(poison, "first", MOST);
          refuseMoneyPastTheBound(poison.account());
          watchBalance(poison.account());
        }
        case UNCOUNTABLE -> {
          use(poison, "first", "2");
          use(poison, "below-zero", "-1");
          use(poison, "no-number", "\"many\"");
          use(poison, "nothing", "null");
        }
        case NO_PRICE, OTHER_CURRENCY, HUGE_LATE_USAGE, ODD_ADDRESS -> use(poison, "first", "2");
        case RECURRING_PAST_THE_BOUND, UNKNOWN_PRODUCT -> {}
      }
    }
  }

  private void use(Poison poison, String id, String value) {
    delivery.post(
        List.of(
            """
            {"specversion":"1.0","id":"%s","source":"poison","type":"%s","subject":"%s",\
            "time":"%s","data":{"value":%s}}\
            """
                .formatted(
                    id,
                    Workload.METER,
                    Stage.instanceOf(poison.account()),
                    hour.plus(Duration.ofMinutes(5)),
                    value)));
  }

  private void refuseMoneyPastTheBound(String account) {
    String base = "/v1/accounts/" + account;
    for (String amount : List.of("9" + HUGE, PAST_THE_BOUND)) {
      refused(
          base + "/recharges",
          Map.of("channel", "ALIPAY", "transaction", "past-" + amount, "amount", amount));
      refused(
          base + "/adjustments", Map.of("amount", amount, "rule", "C2.3", "reason", "too much"));
    }
  }

  private void refused(String path, Map<String, String> body) {
    Answer answer =
        delivery.answered(api -> api.post(Service.BILLING, path, body, path + body.get("amount")));
    if (answer.status() != 400 || !answer.text().contains("15 digits")) {
      throw new IllegalStateException("an amount beyond the limit got " + answer.text());
    }
  }

  /** Its outlook is worked out anew every hour, from a debt as large as one can be. */
  private void watchBalance(String account) {
    String base = "/v1/accounts/" + account;
    put(base + "/low-balance-threshold", Map.of("amount", MOST, "reason", "poison"));
    put(base + "/low-balance-forecast", Map.of("days", 90, "reason", "poison"));
  }

  private void put(String path, Map<String, Object> body) {
    Stage.done(delivery.answered(api -> api.put(Service.BILLING, path, body)));
  }

  /**
   * Posts, once, what makes rating again and correcting fail, as soon as the first hour is billed.
   *
   * @param hours how many have passed
   */
  void goOn(long hours) {
    if (hours >= BILLED_AFTER_HOURS) {
      end();
    }
  }

  /** The same at the latest, when all hours are billed. */
  void end() {
    if (!wentOn) {
      wentOn = true;
      use(Poison.HUGE_LATE_USAGE, "late", HUGE);
      correctBelowZero(Stage.instanceOf(Poison.UNCOUNTABLE.account()));
    }
  }

  private void correctBelowZero(String instance) {
    Answer answer =
        delivery.answered(
            api ->
                api.post(
                    Service.METERING,
                    "/v1/corrections",
                    Map.of(
                        "kind",
                        "ADD",
                        "instance",
                        instance,
                        "meter",
                        Workload.METER,
                        "dimensions",
                        Map.of(),
                        "time",
                        hour.toString(),
                        "quantity",
                        "-3",
                        "reason",
                        "poison"),
                    "below-zero"));
    if (answer.status() != 422 || !answer.text().contains("below-zero")) {
      throw new IllegalStateException("a correction below zero got " + answer.text());
    }
  }
}
