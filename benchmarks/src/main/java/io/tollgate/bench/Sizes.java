package io.tollgate.bench;

import picocli.CommandLine.Option;

/** How much is measured. The defaults take over half an hour; the goals' own sizes take hours. */
final class Sizes {
  /** So little that it only shows that everything works. */
  private static final double SMALL = 0.002;

  @Option(
      names = "--small",
      description =
          "One round of minimal sizes on one system, only to check that everything works.")
  private boolean small;

  @Option(names = "--scale", defaultValue = "1", description = "Multiplies every size below.")
  private double scale;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each benchmark.")
  private int rounds;

  @Option(
      names = "--accounts",
      defaultValue = "10000",
      description = "Accounts in P1, P3, P4 and P5, with one line per bill; a tenth have more.")
  private int accounts;

  @Option(
      names = "--instances",
      defaultValue = "10",
      description = "Instances of each account with more lines per bill.")
  private int instances;

  @Option(
      names = "--meters",
      defaultValue = "3",
      description = "Meters of each of these instances.")
  private int meters;

  @Option(
      names = "--unfunded",
      defaultValue = "1",
      description = "Percent of the accounts that have no funds and fall into arrears.")
  private int unfunded;

  @Option(
      names = "--events",
      defaultValue = "500000",
      description = "Events per round in P1 and P3; as many are counted before the first round.")
  private int events;

  @Option(
      names = "--requests",
      defaultValue = "60000",
      description = "Requests per round in P2 and P6.")
  private int requests;

  @Option(
      names = "--request-rate",
      defaultValue = "5000",
      description = "Entitlement checks per second in P6; not scaled.")
  private int requestRate;

  @Option(
      names = "--lines",
      defaultValue = "200000",
      description = "Lines per round in P4; at most six hours of usage.")
  private int lines;

  @Option(
      names = "--rate",
      defaultValue = "50000",
      description = "Events per second that P5 tries first.")
  private int rate;

  @Option(
      names = "--sustain-minutes",
      defaultValue = "3",
      description = "Minutes that P5 lasts, each with one closing (goal: 10); not scaled.")
  private int sustainMinutes;

  @Option(
      names = "--sweep-accounts",
      defaultValue = "100000",
      description = "Accounts in arrears in P8 (goal: 1,000,000).")
  private int sweepAccounts;

  @Option(
      names = "--history-lines",
      defaultValue = "1000000",
      description = "Stored lines in P9 (goal: 10,000,000).")
  private int historyLines;

  @Option(
      names = "--hour-instances",
      defaultValue = "50000",
      description = "Instances in P10, 100 per account (goal: 1,000,000).")
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
