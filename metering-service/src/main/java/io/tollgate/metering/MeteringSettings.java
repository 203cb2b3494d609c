package io.tollgate.metering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How metering counts and closes.
 *
 * @param grace how long after a window's end its first revision is emitted
 * @param acceptance how old an event may be (A); enter older usage as a correction
 * @param future how far ahead of the last tick an event may be (F)
 * @param ingestMargin how much earlier ingest refuses than aggregation, so that a 2xx survives lag
 * @param generation deployment generation of topics and state
 * @param threads stream threads of this instance
 * @param standbys warm copies of each task's state on other instances
 * @param transactionTimeout within it all windows that end together are closed, or never; what a
 *     killed instance left open holds up whoever takes over for as long
 * @param maxPending events of unknown instances kept per partition
 * @param maxUncounted events of one platform that were not counted, kept per partition for whoever
 *     asks what became of them
 * @param maxMembers different members of one UNIQUE_COUNT series
 * @param maxBody largest body of posted events
 * @param bodyBudget bytes of bodies in progress at once; more is answered 429
 * @param hotTotals totals of a partition that are kept decoded: so many that changed since a
 *     commit, and as many that did before
 * @param listedRecords records of the log that one list of events looks through
 * @param rocksMemory memory of all state stores together, outside the heap
 */
@ConfigurationProperties("tollgate.metering")
public record MeteringSettings(
    @DefaultValue("PT2M") Duration grace,
    @DefaultValue("P7D") Duration acceptance,
    @DefaultValue("PT5M") Duration future,
    @DefaultValue("PT1H") Duration ingestMargin,
    @DefaultValue("g1") String generation,
    @DefaultValue("2") int threads,
    @DefaultValue("0") int standbys,
    @DefaultValue("PT60S") Duration transactionTimeout,
    @DefaultValue("1000000") long maxPending,
    @DefaultValue("100000") long maxUncounted,
    @DefaultValue("100000") long maxMembers,
    @DefaultValue("16MB") DataSize maxBody,
    @DefaultValue("64MB") DataSize bodyBudget,
    @DefaultValue("10000") int hotTotals,
    @DefaultValue("20000") int listedRecords,
    @DefaultValue("192MB") DataSize rocksMemory) {

  private static final Duration MIN_TRANSACTION = Duration.ofSeconds(10);

  /** The broker allows no longer one (transaction.max.timeout.ms). */
  private static final Duration MAX_TRANSACTION = Duration.ofMinutes(15);

  public MeteringSettings {
    if (grace.isNegative() || future.isNegative() || acceptance.compareTo(ingestMargin) <= 0) {
      throw new IllegalArgumentException(
          "grace and future are not negative, acceptance is longer than the ingest margin");
    }
    if (transactionTimeout.compareTo(MIN_TRANSACTION) < 0
        || transactionTimeout.compareTo(MAX_TRANSACTION) > 0) {
      throw new IllegalArgumentException("a transaction times out after 10 s to 15 minutes");
    }
    if (!generation.matches("[a-z0-9]{1,16}")
        || threads < 1
        || maxPending < 1
        || maxUncounted < 1
        || maxMembers < 1
        || hotTotals < 1
        || listedRecords < 1) {
      throw new IllegalArgumentException("generation is 1 to 16 of a-z 0-9; counts start at 1");
    }
  }
}
