package io.tollgate.chaos;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was acknowledged, and what every account must therefore have used and paid. */
public final class Truth {

  private final List<String> accounts;
  private final Map<String, Map<Instant, BigDecimal>> used = new ConcurrentHashMap<>();
  private final Map<String, BigDecimal> recharged = new ConcurrentHashMap<>();
  private final Map<Count, AtomicLong> counts = new ConcurrentHashMap<>();

  /** What is counted for the report. */
  public enum Count {
    /** Different usage events that were acknowledged. */
    EVENTS_ACKNOWLEDGED,
    /** Events of acknowledged requests, those posted again included. */
    EVENTS_POSTED,
    EVENTS_POSTED_AGAIN,
    /** Events that twenty posted at the same time. */
    EVENTS_POSTED_AT_ONCE,
    CONFLICTS_POSTED,
    BAD_BATCHES_REFUSED,
    RECHARGES_ACKNOWLEDGED,
    /** Requests that had no answer, or one that asks to come again. */
    REQUESTS_SENT_AGAIN
  }

  /**
   * @param accounts all accounts of the run
   */
  public Truth(List<String> accounts) {
    this.accounts = List.copyOf(accounts);
  }

  List<String> accounts() {
    return accounts;
  }

  /** Units used in the hour that begins at an instant; each costs 1. */
  void used(String account, Instant hour, long units) {
    used.computeIfAbsent(account, key -> new ConcurrentHashMap<>())
        .merge(hour, BigDecimal.valueOf(units), BigDecimal::add);
  }

  void recharged(String account, BigDecimal amount) {
    recharged.merge(account, amount, BigDecimal::add);
  }

  void count(Count what, long number) {
    counts.computeIfAbsent(what, key -> new AtomicLong()).addAndGet(number);
  }

  /** Units an account used, by the beginning of the hour. */
  Map<Instant, BigDecimal> usedBy(String account) {
    return Map.copyOf(used.getOrDefault(account, Map.of()));
  }

  /** What an account was recharged with. */
  BigDecimal rechargedTo(String account) {
    return recharged.getOrDefault(account, BigDecimal.ZERO);
  }

  /** How often something was counted. */
  public long counted(Count what) {
    AtomicLong count = counts.get(what);
    return count == null ? 0 : count.get();
  }
}
