package io.tollgate.chaos;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was acknowledged, and what every account must therefore have used and paid. */
final class Truth {

  private final List<String> accounts;
  private final Map<String, Long> used = new ConcurrentHashMap<>();
  private final Map<String, BigDecimal> recharged = new ConcurrentHashMap<>();
  private final Map<Count, AtomicLong> counts = new ConcurrentHashMap<>();

  /** What is counted for the report. */
  enum Count {
    EVENTS_ACKNOWLEDGED,
    EVENTS_POSTED,
    EVENTS_RESENT,
    CONFLICTS_POSTED,
    BAD_BATCHES_REFUSED,
    RECHARGES_ACKNOWLEDGED,
    REQUESTS_SENT_AGAIN
  }

  Truth(List<String> accounts) {
    this.accounts = List.copyOf(accounts);
  }

  List<String> accounts() {
    return accounts;
  }

  void used(String account, long units) {
    used.merge(account, units, Long::sum);
  }

  void recharged(String account, BigDecimal amount) {
    recharged.merge(account, amount, BigDecimal::add);
  }

  void count(Count what, long number) {
    counts.computeIfAbsent(what, key -> new AtomicLong()).addAndGet(number);
  }

  /** Units an account used; each costs 1. */
  long usedBy(String account) {
    return used.getOrDefault(account, 0L);
  }

  /** What an account was recharged with. */
  BigDecimal rechargedTo(String account) {
    return recharged.getOrDefault(account, BigDecimal.ZERO);
  }

  long counted(Count what) {
    AtomicLong count = counts.get(what);
    return count == null ? 0 : count.get();
  }
}
