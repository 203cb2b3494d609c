package io.tollgate.chaos;

import java.util.Locale;

/** What is done to the deployment; the numbers are those of the faults it must survive. */
enum Fault {
  /** SIGKILL of a service (F1). */
  KILL_SERVICE(Kind.KILL),
  /** A service dies at a named point of its code (F1). */
  KILL_AT_POINT(Kind.KILL),
  /** SIGKILL of the broker (F6). */
  KILL_BROKER(Kind.KILL),
  /** SIGKILL of the database server (F7). */
  KILL_DATABASE(Kind.KILL),
  /** A service is stopped and started (F15: its partitions move away and come back). */
  RESTART_SERVICE(Kind.RESTART),
  /** Another instance joins and leaves, then joins and dies: partitions move each time (F15). */
  REBALANCE_SERVICE(Kind.RESTART),
  /** The broker is stopped cleanly and started (F6). */
  RESTART_BROKER(Kind.RESTART),
  /** The database is away for seconds (F7). */
  RESTART_DATABASE(Kind.RESTART),
  /** A service stands still for longer than its session timeout (F14). */
  PAUSE_SERVICE(Kind.PAUSE),
  /** The broker stands still; its connections stay open (F19). */
  PAUSE_BROKER(Kind.PAUSE),
  /** The broker works a fifth of the time (F19). */
  SLOW_BROKER(Kind.DELAY),
  /** Every answer of the database takes half a second (F19). */
  SLOW_DATABASE(Kind.DELAY),
  /** Answers of the database are lost, then its connections (F8). */
  CUT_DATABASE(Kind.DELAY);

  private final Kind kind;

  /** What rates are given for. */
  enum Kind {
    KILL(2),
    RESTART(4),
    PAUSE(2),
    DELAY(2);

    private final int perTwoMinutes;

    Kind(int perTwoMinutes) {
      this.perTwoMinutes = perTwoMinutes;
    }

    int perTwoMinutes() {
      return perTwoMinutes;
    }
  }

  Fault(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Whether it is done to one of the services. */
  boolean concernsAService() {
    return name().endsWith("_SERVICE");
  }

  String inWords() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
