package io.tollgate.billing.watermark;

import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.sweep.DueMoney;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tells, partition by partition, how far everything is told of its accounts, so that who acts on
 * debts by time does not overtake a payment and waits for nobody else (section 6).
 *
 * <p>An instant is told once every transaction that was running when the clock stood there has
 * ended, and nothing is due up to it in the partition; a new instant is taken only then, so that
 * steady traffic cannot put it off. Usage that metering has not closed is not waited for: a bill
 * that comes of it later may begin arrears, and ends none. What is set aside is not waited for
 * either: its accounts are named beside the instant.
 */
@Component
@Order(90)
class WatermarkSweep implements Sweep {

  private static final Duration SYSTEM_PERIOD = Duration.ofSeconds(15);

  /** A test clock stands still between its steps: each is told, however short. */
  private static final Duration TEST_PERIOD = Duration.ofNanos(1);

  private static final int LOOKS = 20;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final JdbcWatermarks watermarks;
  private final List<DueMoney> work;
  private final Transactions transactions;
  private final Duration period;
  private final int partitions;

  /** Only the lane's thread changes them. */
  private final Map<Integer, Candidate> candidates = new TreeMap<>();

  private volatile @Nullable Map<Integer, Instant> told;

  WatermarkSweep(
      JdbcWatermarks watermarks,
      List<DueMoney> work,
      Transactions transactions,
      BusinessClock clock,
      KafkaSettings kafka) {
    this.watermarks = watermarks;
    this.work = List.copyOf(work);
    this.transactions = transactions;
    this.period = clock.mode() == ClockMode.TEST ? TEST_PERIOD : SYSTEM_PERIOD;
    this.partitions = kafka.partitions();
  }

  /**
   * An instant to be published for a partition.
   *
   * @param completeTo where the business clock stood
   * @param since what the database's clock showed just after
   */
  private record Candidate(Instant completeTo, Instant since) {

    boolean isBehind(Optional<Instant> oldestWriter) {
      return oldestWriter.map(since::isBefore).orElse(true);
    }
  }

  @Override
  public String name() {
    return "watermarks";
  }

  @Override
  public String lane() {
    return MoneySweep.LANE;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return !wanted(upTo).isEmpty();
  }

  @Override
  public int runBatch(Instant upTo) {
    List<Integer> fresh =
        wanted(upTo).stream().filter(partition -> !candidates.containsKey(partition)).toList();
    if (!fresh.isEmpty()) {
      Candidate candidate = new Candidate(upTo, watermarks.databaseTime());
      fresh.forEach(partition -> candidates.put(partition, candidate));
    }
    return candidates.isEmpty() ? 0 : tell(complete());
  }

  private int tell(Map<Integer, Instant> complete) {
    if (complete.isEmpty()) {
      return 0;
    }
    Map<Integer, Instant> done = transactions.run(() -> publish(complete));
    told().putAll(done);
    candidates.keySet().removeAll(done.keySet());
    return done.size();
  }

  /**
   * Not where more accounts are set aside than a watermark can name. That is no longer about single
   * accounts: nothing is told, and everything that falls due by time waits.
   */
  private Map<Integer, Instant> publish(Map<Integer, Instant> complete) {
    Map<Integer, Instant> done = new TreeMap<>();
    complete.forEach(
        (partition, completeTo) -> {
          List<AccountId> setAside = watermarks.setAside(partition);
          if (setAside.size() <= BillingWatermark.MAX_SET_ASIDE) {
            watermarks.tell(partition, completeTo, setAside);
            done.put(partition, completeTo);
          }
        });
    return done;
  }

  private Map<Integer, Instant> complete() {
    Optional<Instant> oldestWriter = oldestWriter();
    Map<Instant, Boolean> idle = new HashMap<>();
    Map<Integer, Instant> complete = new TreeMap<>();
    candidates.forEach(
        (partition, candidate) -> {
          Instant upTo = candidate.completeTo();
          if (candidate.isBehind(oldestWriter)
              && (idle.computeIfAbsent(upTo, all -> isDone(all, AccountShard.WHOLE))
                  || isDone(upTo, new AccountShard(partition, partitions)))) {
            complete.put(partition, upTo);
          }
        });
    return complete;
  }

  /** Most transactions end within milliseconds: they are waited for, others at the next look. */
  private Optional<Instant> oldestWriter() {
    Optional<Instant> oldest = watermarks.oldestWriter();
    for (int look = 0;
        look < LOOKS && !candidates.values().stream().allMatch(behind(oldest));
        look++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      oldest = watermarks.oldestWriter();
    }
    return oldest;
  }

  private static Predicate<Candidate> behind(Optional<Instant> oldestWriter) {
    return candidate -> candidate.isBehind(oldestWriter);
  }

  private boolean isDone(Instant upTo, AccountShard part) {
    return work.stream().noneMatch(each -> each.anythingDue(upTo, part));
  }

  private List<Integer> wanted(Instant upTo) {
    Map<Integer, Instant> known = told();
    return IntStream.range(0, partitions)
        .filter(partition -> !known.getOrDefault(partition, Instant.MIN).plus(period).isAfter(upTo))
        .boxed()
        .toList();
  }

  private Map<Integer, Instant> told() {
    Map<Integer, Instant> known = told;
    if (known == null) {
      known = new ConcurrentHashMap<>(watermarks.told());
      told = known;
    }
    return known;
  }
}
