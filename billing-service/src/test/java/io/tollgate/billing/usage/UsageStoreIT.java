package io.tollgate.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.testing.Billing;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.store.consumer.AccountParking;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.store.setaside.Subject;
import io.tollgate.testing.Await;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * However revisions are cut into batches, ordered and sent again, the newest of each window stays.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageStoreIT {
  private static final Instant START = Billing.local("2024-03-01T10:00");

  private Billing billing;
  private UsageStore usage;
  private Transactions transactions;
  private JdbcClient jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("hourly", "HOUR", "0.5");
    usage = billing.service().bean(UsageStore.class);
    transactions = billing.service().bean(Transactions.class);
    jdbc = billing.service().bean(JdbcClient.class);
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @Test
  void firstRevisionsAreStoredAndOpenTheirCycle() {
    store(revision("new", "i-1", "4", 1), revision("new", "i-2", "5", 1));
    assertThat(windows("new")).containsExactly("i-1 4 r1", "i-2 5 r1");
    assertThat(cycles("new")).isEqualTo(1);
  }

  /** What a batch of cycles is bounded by. */
  @Test
  void aCycleHasAtMostAsManyWindowsAsItSays() {
    store(revision("bound", "i-1", "4", 1), revision("bound", "i-2", "5", 1));
    store(revision("bound", "i-1", "4", 1));
    store(revision("bound", "i-2", "6", 2), revision("bound", "i-3", "1", 1));
    assertThat(windows("bound")).hasSize(3);
    assertThat(
            jdbc.sql("select windows from billing_cycle where account_id = 'bound'")
                .query(Long.class)
                .single())
        .isEqualTo(4);
  }

  @Test
  void aWindowRevisedTwiceInOneBatchKeepsTheNewestWhateverTheOrder() {
    store(
        revision("twice", "i-1", "4", 1),
        revision("twice", "i-1", "6", 3),
        revision("twice", "i-1", "5", 2),
        revision("twice", "i-2", "9", 2),
        revision("twice", "i-2", "8", 1));
    assertThat(windows("twice")).containsExactly("i-1 6 r3", "i-2 9 r2");
  }

  @Test
  void anOlderRevisionAfterANewerOneChangesNothing() {
    store(revision("older", "i-1", "6", 2));
    store(revision("older", "i-1", "4", 1));
    assertThat(windows("older")).containsExactly("i-1 6 r2");
  }

  @Test
  void firstRevisionsReadAgainBesideNewOnesLoseNeither() {
    store(revision("again", "i-1", "4", 1), revision("again", "i-2", "5", 1));
    store(
        revision("again", "i-0", "3", 1),
        revision("again", "i-1", "4", 1),
        revision("again", "i-2", "7", 2),
        revision("again", "i-3", "6", 1));
    assertThat(windows("again")).containsExactly("i-0 3 r1", "i-1 4 r1", "i-2 7 r2", "i-3 6 r1");
  }

  @Test
  void whatWasNotCommittedIsStoredWhenItIsReadAgain() {
    assertThatThrownBy(
            () ->
                transactions.execute(
                    () -> {
                      usage.store(List.of(revision("crash", "i-1", "4", 1)), 0);
                      throw new IllegalArgumentException("killed before commit");
                    }))
        .hasMessage("killed before commit");
    assertThat(windows("crash")).isEmpty();
    store(revision("crash", "i-1", "4", 1));
    assertThat(windows("crash")).containsExactly("i-1 4 r1");
  }

  @Test
  void ofABilledCycleWhatIsNewIsLateAndWhatIsKnownIsNot() {
    store(revision("late", "i-1", "4", 1));
    bill("late");
    store(revision("late", "i-1", "4", 1));
    assertThat(late("late")).isZero();
    store(revision("late", "i-2", "1", 1));
    assertThat(late("late")).isEqualTo(1);
  }

  @Test
  void aLaterRevisionOfABilledCycleIsLate() {
    store(revision("revised", "i-1", "4", 1));
    bill("revised");
    store(revision("revised", "i-1", "5", 2));
    assertThat(windows("revised")).containsExactly("i-1 5 r2");
    assertThat(late("revised")).isEqualTo(1);
  }

  /**
   * Usage of a month that came from two aggregation partitions is rated again once both have said
   * that it is complete; only the one with the later tick used to be awaited.
   */
  @Test
  void aMonthWaitsForEveryPartitionItsLateUsageCameFrom() {
    billing.open("spread", "2024-03-01T00:00");
    store(revision("spread", "i-1", "4", 1));
    bill("spread");
    store(revision("spread", "i-2", "6", 2, 2), revision("spread", "i-3", "7", 3, 5));
    assertThat(
            jdbc.sql(
                    """
                    select aggregation_partition || ' ' || extract(second from tick)::int from late_usage
                     where account_id = 'spread' order by aggregation_partition
                    """)
                .query(String.class)
                .list())
        .containsExactly("2 2", "5 3");

    billing.stepTo("2024-03-01T12:00");
    complete(5);
    billing.service().settle();
    assertThat(late("spread")).isEqualTo(2);
    assertThat(billing.balance("spread", "unpaid")).isEqualTo("0.000000");

    complete(2);
    billing.service().settle();
    assertThat(late("spread")).isZero();
    assertThat(billing.balance("spread", "unpaid")).isEqualTo("8.500000");
  }

  /** The hourly revision used to be taken for a daily one, of which the product has no use. */
  @Test
  void whatWaitedOfBothTopicsIsReplayedEachByItself() {
    jdbc.sql("insert into parked_account values ('usage', 'parked', 'a test', now())").update();
    billing.usage(
        Granularity.DAY, "parked", "i-1", "hourly", "2024-03-03T00:00", "5", 1, "2024-03-04T00:00");
    billing.usage(
        Granularity.HOUR,
        "parked",
        "i-1",
        "hourly",
        "2024-03-03T10:00",
        "5",
        1,
        "2024-03-03T11:00");
    var unused =
        Await.until(
            Duration.ofSeconds(30),
            () ->
                jdbc.sql("select count(*) from parked_record where account = 'parked'")
                    .query(Integer.class)
                    .single(),
            waiting -> waiting == 2);
    assertThat(billing.service().bean(AccountParking.class).replay("parked"))
        .singleElement()
        .matches(replay -> !replay.parked() && replay.replayed() == 2);
    assertThat(windows("parked")).containsExactly("i-1 5 r1");
    assertThat(cycles("parked")).isEqualTo(1);
  }

  @Test
  void usageOfTwoGranularitiesAtOnceIsRefused() {
    assertThatThrownBy(
            () ->
                store(
                    revision("mixed", "i-1", "4", 1),
                    revision("mixed", "i-1", "4", 1, 0, Granularity.DAY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HOUR, DAY");
    assertThat(windows("mixed")).isEmpty();
  }

  /**
   * Everything that was set aside of an account used to be tried again with each of its records.
   */
  @Test
  void newUsageHasOnlyItsOwnCycleAndMonthTriedAgain() {
    transactions.execute(
        () -> {
          setAside("charging", "hourly 2024-03-01T02:00:00Z");
          setAside("charging", "hourly 2024-03-01T03:00:00Z");
          setAside("charging", "other 2024-03-01T02:00:00Z");
          setAside("late-usage", "hourly 2024-02-29T16:00:00Z");
          setAside("low-balance", "");
          usage.store(List.of(revision("part", "i-1", "4", 1)), 0);
          assertThat(
                  jdbc.sql(
                          """
                          select work || ' ' || subject from set_aside
                           where account_id = 'part' and try_now order by work collate "C"
                          """)
                      .query(String.class)
                      .list())
              .containsExactly(
                  "charging hourly 2024-03-01T02:00:00Z",
                  "late-usage hourly 2024-02-29T16:00:00Z",
                  "low-balance ");
          jdbc.sql("delete from set_aside where account_id = 'part'").update();
        });
  }

  private void setAside(String work, String subject) {
    billing.service().bean(SetAside.class).add(work, new Subject("part", subject), "a test");
  }

  /** Neither used to see the other, so that nobody rated the billed cycle again. */
  @Test
  void aSuspensionThatIsLearntWhileItsCycleIsBilledHasTheMonthRatedAgain()
      throws InterruptedException {
    billing.open("meanwhile", "2024-03-01T00:00");
    jdbc.sql(
            """
            insert into billing_cycle (account_id, product_id, cycle_start, cycle_end, month_start,
                                       output_partition, granularity, touched_at, windows)
            values ('meanwhile', 'hourly', '2024-03-20T10:00Z', '2024-03-20T11:00Z',
                    '2024-02-29T16:00Z', 0, 'HOUR', '2024-03-20T11:00Z', 1)
            """)
        .update();
    Thread suspending =
        Thread.ofPlatform()
            .unstarted(() -> billing.suspend("meanwhile", "m-1", "hourly", "2024-03-20T18:30"));
    transactions.execute(
        () -> {
          jdbc.sql("update account set funds = funds where account_id = 'meanwhile'").update();
          bill("meanwhile");
          suspending.start();
          var unused =
              Await.until(Duration.ofSeconds(30), this::waitingForThisTransaction, any -> any > 0);
        });
    suspending.join();
    assertThat(late("meanwhile")).isEqualTo(1);
  }

  private int waitingForThisTransaction() {
    return jdbc.sql(
            """
            select count(*) from pg_locks
             where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))
            """)
        .query(Integer.class)
        .single();
  }

  private void complete(int partition) {
    jdbc.sql(
            """
            insert into usage_marker
              (generation, granularity, aggregation_partition, output_partition, sequence, tick)
            values ('g1', 'HOUR', :partition, 0, 1, :tick)
            """)
        .param("partition", partition)
        .param("tick", Timestamp.from(START.plusSeconds(3_700)))
        .update();
  }

  private void store(UsageRevision... revisions) {
    transactions.execute(() -> usage.store(List.of(revisions), 0));
  }

  private static UsageRevision revision(
      String account, String instance, String quantity, int revision) {
    return revision(account, instance, quantity, revision, 0);
  }

  private static UsageRevision revision(
      String account, String instance, String quantity, int revision, int partition) {
    return revision(account, instance, quantity, revision, partition, Granularity.HOUR);
  }

  private static UsageRevision revision(
      String account,
      String instance,
      String quantity,
      int revision,
      int partition,
      Granularity granularity) {
    return new UsageRevision(
        AccountId.of(account),
        InstanceId.of(instance),
        ProductId.of("hourly"),
        MeterKey.of("units"),
        "unit",
        new TreeMap<>(),
        granularity,
        START,
        START.plusSeconds(3_600),
        new BigDecimal(quantity),
        1,
        revision,
        "g1",
        partition,
        START.plusSeconds(3_600L + revision),
        Optional.empty());
  }

  private List<String> windows(String account) {
    return jdbc.sql(
            """
            select instance_id || ' ' || quantity || ' r' || revision from usage_window
             where account_id = ? order by instance_id
            """)
        .param(account)
        .query(String.class)
        .list();
  }

  private int cycles(String account) {
    return count("billing_cycle", account);
  }

  private int late(String account) {
    return count("late_usage", account);
  }

  private int count(String table, String account) {
    return jdbc.sql("select count(*) from " + table + " where account_id = ?")
        .param(account)
        .query(Integer.class)
        .single();
  }

  private void bill(String account) {
    jdbc.sql("update billing_cycle set billed = true where account_id = ?").param(account).update();
  }
}
