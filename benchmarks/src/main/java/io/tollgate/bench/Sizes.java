package io.tollgate.bench;

import picocli.CommandLine.Option;

/** How much is measured. The defaults take over half an hour; the goals' own sizes take hours. */
final class Sizes {
  /** So little that it only shows that everything works. */
  private static final double SMALL = 0.002;

  @Option(
      names = "--small",
      description = "Hardly anything, one round, one system for all: only to see that it works.")
  private boolean small;

  @Option(names = "--scale", defaultValue = "1", description = "Multiplies every size below.")
  private double scale;

  @Option(names = "--rounds", defaultValue = "3", description = "How often each is measured.")
  private int rounds;

  @Option(
      names = "--accounts",
      defaultValue = "10000",
      description = "Accounts of P1, P3, P4 and P5, one line in a bill; a tenth have more lines.")
  private int accounts;

  @Option(
      names = "--instances",
      defaultValue = "10",
      description = "Instances of an account with more lines in a bill.")
  private int instances;

  @Option(
      names = "--meters",
      defaultValue = "3",
      description = "Meters of an instance of such an account.")
  private int meters;

  @Option(
      names = "--unfunded",
      defaultValue = "1",
      description = "Percent of the accounts that have no funds and fall into arrears.")
  private int unfunded;

  @Option(
      names = "--events",
      defaultValue = "500000",
      description = "Events of a round of P1 and P3; as many are counted before the first.")
  private int events;

  @Option(
      names = "--requests",
      defaultValue = "60000",
      description = "Requests of a round of P2 and P6.")
  private int requests;

  @Option(
      names = "--request-rate",
      defaultValue = "5000",
      description = "Entitlement checks a second of P6; not scaled.")
  private int requestRate;

  @Option(
      names = "--lines",
      defaultValue = "200000",
      description = "Lines of a round of P4; of six hours at most.")
  private int lines;

  @Option(
      names = "--rate",
      defaultValue = "50000",
      description = "Events a second that P5 tries first.")
  private int rate;

  @Option(
      names = "--sustain-minutes",
      defaultValue = "3",
      description = "Minutes, each with one closing, of P5 (goal: 10); not scaled.")
  private int sustainMinutes;

  @Option(
      names = "--sweep-accounts",
      defaultValue = "100000",
      description = "Accounts in arrears of P8 (goal: 1,000,000).")
  private int sweepAccounts;

  @Option(
      names = "--history-lines",
      defaultValue = "1000000",
      description = "Stored lines of P9 (goal: 10,000,000).")
  private int historyLines;

  @Option(
      names = "--hour-instances",
      defaultValue = "50000",
      description = "Instances of P10, 100 of an account (goal: 1,000,000).")
  private int hourInstances;

  boolean isSmall() {
    return small;
  }

  int rounds() {
    return small ? 1 : rounds;
  }

  int instances() {
    return instances;
  }

  int meters() {
    return meters;
  }

  int unfunded() {
    return unfunded;
  }

  int accounts() {
    return scaled(accounts);
  }

  int events() {
    return scaled(events);
  }

  int requests() {
    return scaled(requests);
  }

  int requestRate() {
    return small ? scaled(requestRate) * 10 : requestRate;
  }

  int lines() {
    return scaled(lines);
  }

  int rate() {
    return scaled(rate);
  }

  int closings() {
    return small ? 2 : sustainMinutes;
  }

  /** Seconds between two closings of P5. */
  int closingSeconds() {
    return small ? 2 : 60;
  }

  int sweepAccounts() {
    return scaled(sweepAccounts);
  }

  int historyLines() {
    return scaled(historyLines);
  }

  int hourInstances() {
    return scaled(hourInstances);
  }

  /** Not scaled: what the processors do in a moment. */
  double momentSeconds() {
    return small ? 0.2 : 4;
  }

  private int scaled(int size) {
    return Math.max(1, (int) Math.round(size * (small ? SMALL : scale)));
  }

  Population narrow(String prefix) {
    return new Population(prefix, accounts(), 1, 1);
  }

  Population wide(String prefix) {
    return new Population(prefix, Math.max(1, accounts() / 10), instances, meters);
  }
}
