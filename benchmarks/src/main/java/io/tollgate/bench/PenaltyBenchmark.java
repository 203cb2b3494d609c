package io.tollgate.bench;

import io.tollgate.standalone.Service;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * P8: the daily penalties of very many accounts that owe a bill each. One of them fell into arrears
 * the real way, the others are copies of it.
 *
 * @param sizes how much
 */
record PenaltyBenchmark(Sizes sizes) implements Benchmark {
  @Override
  public Set<String> figures() {
    return Set.of("P8");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(this::measure);
  }

  private List<Measurement> measure(RunningSystem system) throws Exception {
    Database database = new Database(system);
    Population one = new Population("indebted", 1, 1, 1);
    new Opening(system).accounts(one, 100);
    var unused = new ChargedHours(system, one, 1).charge();
    int accounts = sizes.sweepAccounts();
    new AccountCopies(database)
        .make(one.account(0), IntStream.range(1, accounts).mapToObj(n -> "debtor-" + n).toList());
    long before = database.count("billing.penalty_day");
    List<Double> swept = new ArrayList<>();
    Instant from = system.nextHour();
    for (int round = 0; round < sizes.rounds(); round++) {
      Instant due = nextDue(database);
      // What metering has closed bounds how far billing's sweeps may go.
      stepInDays(system, Service.METERING, from, RunningSystem.closingOf(due));
      system.awaitRest();
      stepInDays(system, Service.BILLING, from, due.minusSeconds(1));
      swept.add(Stopwatch.secondsOf(() -> sweep(system, database, due)));
      system.awaitRest(Service.BILLING);
      from = due;
    }
    long penalties = (database.count("billing.penalty_day") - before) / sizes.rounds();
    system.awaitRest();
    return List.of(
        Measurement.of(
                "P8",
                "penalty sweep, %,d accounts in arrears".formatted(accounts),
                "s",
                new Rounds(swept))
            .beside(
                "one INSERT of as many rows of penalties", Rounds.of(insert(database, penalties)))
            .to(Goal.below(60))
            .noting(
                "%,d penalties a sweep; the first sweep cold; all accounts but one are copies"
                        .formatted(penalties)
                    + " made by SQL of one that was charged the real way"));
  }

  private static void sweep(RunningSystem system, Database database, Instant due) {
    Stopwatch watch = Stopwatch.start();
    system.step(Service.BILLING, due);
    while (isAnyDue(database, due)) {
      watch.pause();
    }
  }

  private static Instant nextDue(Database database) {
    return Instant.ofEpochSecond(
        database.number(
            "select extract(epoch from max(penalty_due_at))::bigint from billing.account"));
  }

  private static boolean isAnyDue(Database database, Instant upTo) {
    return database.number(
            "select exists (select 1 from billing.account where penalty_due_at <= '%s')::int"
                .formatted(upTo))
        > 0;
  }

  /** In blocks of a day, as the clock's driver does. */
  private static void stepInDays(RunningSystem system, Service service, Instant from, Instant to) {
    Instant at = from;
    while (at.isBefore(to)) {
      Instant next = at.plus(1, ChronoUnit.DAYS);
      at = next.isBefore(to) ? next : to;
      system.step(service, at);
      system.awaitRest(service);
    }
  }

  private static double insert(Database database, long rows) throws Exception {
    database.execute(
        "drop table if exists bench_penalty",
        "create table bench_penalty (like billing.penalty_day including indexes)");
    return Stopwatch.secondsOf(
        () ->
            database.execute(
                """
                insert into bench_penalty (account_id, bill_id, day, principal, amount)
                select 'debtor-' || n, 'bill-3aef00c0c87fa986fc6d7226', '2024-03-02', 0.04, 0.00004
                  from generate_series(1, %d) n
                """
                    .formatted(rows)));
  }
}
