package io.tollgate.chaos;

import java.util.Locale;

/**
 * How the data of an account makes work fail, and what must come of it: one account each.
 *
 * <p>All of it comes in through the public interface, as a customer's or a platform's data would.
 */
enum Poison {
  /** More units than an amount has digits. */
  HUGE_CHARGE(Outcome.CHARGING_SET_ASIDE),
  /** A charge just past the bound of one amount. */
  PAST_THE_BOUND(Outcome.CHARGING_SET_ASIDE),
  /** Fees that recur every hour, each within the bound, whose sum is past it. */
  RECURRING_PAST_THE_BOUND(Outcome.CHARGING_SET_ASIDE),
  /** A product that has no price. */
  NO_PRICE(Outcome.CHARGING_SET_ASIDE),
  /** An account in another currency than the price. */
  OTHER_CURRENCY(Outcome.CHARGING_SET_ASIDE),
  /** An instance of a product that the catalogue does not know. */
  UNKNOWN_PRODUCT(Outcome.CARRIED_OUT),
  /** An hour that was billed becomes more than an amount has digits. */
  HUGE_LATE_USAGE(Outcome.LATE_USAGE_SET_ASIDE),
  /** As much owed as a bill can be: penalties, suspension, forecasts and notices of it. */
  HUGE_DEBT(Outcome.CARRIED_OUT),
  /** Quantities below zero, of no number, or none, and a correction to below zero. */
  UNCOUNTABLE(Outcome.QUARANTINED),
  /** An address beyond ASCII, a name full of marks, and addresses that are none. */
  ODD_ADDRESS(Outcome.CARRIED_OUT);

  private final Outcome outcome;

  Poison(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Where a poisoned account must be listed with its reason, and nowhere else. */
  enum Outcome {
    CHARGING_SET_ASIDE("billing charging"),
    LATE_USAGE_SET_ASIDE("billing late-usage"),
    QUARANTINED("metering quarantine"),
    /** What can be done is done, and what cannot be is rejected when it is asked for. */
    CARRIED_OUT("");

    private final String list;

    Outcome(String list) {
      this.list = list;
    }

    /** A service and a list that it shows to operators; empty for none. */
    String list() {
      return list;
    }
  }

  Outcome outcome() {
    return outcome;
  }

  /** The poisoned account. */
  String account() {
    return "p-" + inWords().replace(' ', '-');
  }

  String inWords() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The product of its instance. */
  String product() {
    return switch (this) {
      case NO_PRICE -> "unpriced";
      case UNKNOWN_PRODUCT -> "unheard-of";
      case RECURRING_PAST_THE_BOUND -> "dear";
      default -> Stage.PRODUCT;
    };
  }

  String currency() {
    return this == OTHER_CURRENCY ? "USD" : "CNY";
  }
}
