package io.tollgate.chaos;

import io.tollgate.embedded.JavaProcess;
import io.tollgate.standalone.Service;
import io.tollgate.support.FaultPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Does a fault to the fleet, heals it, and waits until everything works again. */
final class Faults {

  /** After so long without a sign of life a consumer's partitions are given to others. */
  private static final Duration SESSION = Duration.ofSeconds(10);

  /** How long another instance stays. */
  private static final Duration STAY = Duration.ofSeconds(5);

  /** Answers to what the broker took just before take so long at most. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private static final Duration STILL = Duration.ofMillis(400);
  private static final Duration AT_WORK = Duration.ofMillis(100);
  private static final Duration POINT_LIMIT = Duration.ofSeconds(20);
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  /** Named points of the code, by the service that reaches them. */
  private static final Map<Service, List<FaultPoint>> POINTS =
      Map.of(
          Service.METERING,
          List.of(
              FaultPoint.METERING_AFTER_APPEND,
              FaultPoint.METERING_AFTER_DEDUP,
              FaultPoint.METERING_BEFORE_MARKERS),
          Service.BILLING,
          List.of(
              FaultPoint.CONSUMER_BEFORE_COMMIT,
              FaultPoint.CONSUMER_AFTER_COMMIT,
              FaultPoint.OUTBOX_AFTER_SEND_BEFORE_MARK,
              FaultPoint.LEDGER_AFTER_ENTRIES,
              FaultPoint.HTTP_AFTER_COMMIT),
          Service.ACCOUNT,
          List.of(
              FaultPoint.CONSUMER_BEFORE_COMMIT,
              FaultPoint.CONSUMER_AFTER_COMMIT,
              FaultPoint.OUTBOX_AFTER_SEND_BEFORE_MARK),
          Service.NOTIFICATION,
          List.of(
              FaultPoint.CONSUMER_BEFORE_COMMIT,
              FaultPoint.CONSUMER_AFTER_COMMIT,
              FaultPoint.OUTBOX_AFTER_SEND_BEFORE_MARK,
              FaultPoint.EMAIL_AFTER_CLAIM,
              FaultPoint.EMAIL_AFTER_SEND));

  private final Fleet fleet;
  private final Random random;
  private final Load load;
  private final Consumer<String> say;
  private final List<Happened> happened = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();

  /**
   * What was done.
   *
   * @param what in words
   * @param closing whether the clock was being driven over the end of an hour when it began
   * @param recovery from healing it until every service was ready and had taken something new
   */
  record Happened(Fault fault, String what, boolean closing, Duration recovery) {}

  /** What goes on beside the faults. */
  interface Load {

    /** Fails when the load or the clock does. */
    void check();

    /** Whether the clock is being driven over the end of an hour. */
    boolean isClosing();

    /** How many events were acknowledged so far. */
    long acknowledged();

    /** Posts something of each kind and returns when all of it is acknowledged. */
    void probe();
  }

  Faults(Fleet fleet, Random random, Load load, Consumer<String> say) {
    this.fleet = fleet;
    this.random = random;
    this.load = load;
    this.say = say;
  }

  /** Everything done so far, in order. */
  List<Happened> happened() {
    return List.copyOf(happened);
  }

  /** What processes did that no fault made them do. */
  List<String> surprises() {
    return List.copyOf(surprises);
  }

  /** Does it and heals it. */
  void inflict(Fault fault) {
    load.check();
    boolean closing = load.isClosing();
    Service service = anyOf(List.of(Service.values()));
    Duration hold = Duration.ofMillis(500 + random.nextInt(5_000));
    String what = fault.inWords() + (fault.concernsAService() ? " " + service.label() : "");
    switch (fault) {
      case KILL_SERVICE -> {
        fleet.first().of(service).kill();
        Patience.pass(hold);
        fleet.first().start(service);
      }
      case KILL_AT_POINT -> what = killAtPoint(service);
      case KILL_BROKER -> {
        fleet.broker().kill();
        Patience.pass(hold);
        fleet.startBroker();
      }
      case KILL_DATABASE -> {
        fleet.killDatabase();
        Patience.pass(hold);
        fleet.startDatabase();
      }
      case RESTART_SERVICE -> {
        stop(service.label(), fleet.first().of(service));
        fleet.first().start(service);
      }
      case REBALANCE_SERVICE -> {
        join(service, child -> stop("another " + service.label(), child));
        join(service, JavaProcess::kill);
      }
      case RESTART_BROKER -> {
        stop("the broker", fleet.broker());
        fleet.startBroker();
      }
      case RESTART_DATABASE -> {
        stop("the database", fleet.database());
        Patience.pass(hold.multipliedBy(2));
        fleet.startDatabase();
      }
      case PAUSE_SERVICE -> pause(fleet.first().of(service), hold.plus(SESSION));
      case PAUSE_BROKER -> pauseBroker(hold);
      case SLOW_BROKER -> slow(fleet.broker(), hold.multipliedBy(2));
      case SLOW_DATABASE -> {
        fleet.proxy().slow(Duration.ofMillis(500));
        Patience.pass(hold.multipliedBy(2));
        fleet.proxy().slow(Duration.ZERO);
      }
      case CUT_DATABASE -> fleet.proxy().cut(Duration.ofMillis(50 + random.nextInt(300)));
    }
    Duration recovery = awaitRecovery();
    happened.add(new Happened(fault, what, closing, recovery));
    say.accept("%s; recovered after %.1f s".formatted(what, recovery.toMillis() / 1e3));
  }

  /** What is acknowledged is in the broker's log, so nothing is while it stands still (F6). */
  private void pauseBroker(Duration time) {
    JavaProcess broker = fleet.broker();
    broker.pause();
    try {
      Patience.pass(ON_ITS_WAY);
      long before = load.acknowledged();
      Patience.pass(time);
      long early = load.acknowledged() - before;
      if (early != 0) {
        surprises.add(early + " events were acknowledged while the broker stood still");
      }
    } finally {
      broker.resume();
    }
  }

  private static void pause(JavaProcess child, Duration time) {
    child.pause();
    try {
      Patience.pass(time);
    } finally {
      child.resume();
    }
  }

  /** Most of each half second it stands still. */
  private static void slow(JavaProcess child, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      pause(child, STILL);
      Patience.pass(AT_WORK);
    }
  }

  /** Another instance takes its share of the partitions and goes again. */
  private void join(Service service, Consumer<JavaProcess> leave) {
    Row another = fleet.second();
    another.start(service);
    if (!Patience.holdsWithin(READY_LIMIT, () -> another.isReady(service))) {
      surprises.add("another " + service.label() + " did not become ready");
    }
    Patience.pass(STAY);
    leave.accept(another.of(service));
  }

  private void stop(String name, JavaProcess child) {
    if (!child.stop()) {
      surprises.add(name + " did not stop by itself and was killed");
    }
  }

  private String killAtPoint(Service service) {
    String point = anyOf(POINTS.getOrDefault(service, List.of())).at(1 + random.nextInt(3));
    stop(service.label(), fleet.first().of(service));
    fleet.first().startToDieAt(service, point);
    boolean reached = Patience.holdsWithin(POINT_LIMIT, () -> !fleet.first().of(service).isAlive());
    if (!reached) {
      fleet.first().of(service).kill();
    }
    fleet.first().start(service);
    return "kill %s at %s%s".formatted(service.label(), point, reached ? "" : " (not reached)");
  }

  private <T> T anyOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Duration awaitRecovery() {
    long start = System.nanoTime();
    for (Service service : Service.values()) {
      Patience.until(
          service + " ready",
          READY_LIMIT,
          () -> {
            if (!fleet.first().of(service).isAlive()) {
              // A supervisor would start it again; but nothing asked it to end.
              surprises.add(service.label() + " ended by itself");
              fleet.first().start(service);
            }
            return fleet.first().isReady(service);
          });
    }
    load.probe();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
