package io.tollgate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.testing.SharedInfrastructure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class TransactionsIT {

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);
  private final Transactions transactions =
      new Transactions(new JdbcTransactionManager(dataSource), jdbc);

  @BeforeEach
  void twoRows() {
    var server = SharedInfrastructure.database();
    dataSource.setUrl(server.jdbcUrl(SharedInfrastructure.freshDatabase()));
    dataSource.setUser(server.username());
    dataSource.setPassword(server.password());
    jdbc.sql("create table account (id text primary key, balance int not null)").update();
    jdbc.sql("insert into account values ('a', 0), ('b', 0)").update();
  }

  @Test
  void oppositeLockOrdersBothSucceedBecauseTheLoserRunsAgain() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    Thread other = Thread.ofPlatform().start(() -> move("b", "a", bothHoldOne, attempts));
    move("a", "b", bothHoldOne, attempts);
    other.join();

    assertThat(attempts).hasValueGreaterThan(2);
    assertThat(jdbc.sql("select balance from account order by id").query(Integer.class).list())
        .containsExactly(2, 2);
  }

  @Test
  void whatIsToldAfterTheCommitIsNotToldOfWhatWasUndone() {
    List<String> told = new ArrayList<>();
    transactions.execute(
        () -> {
          AfterCommit.run(() -> told.add("before"));
          assertThatThrownBy(
                  () ->
                      transactions.behindSavepoint(
                          () -> {
                            AfterCommit.run(() -> told.add("undone"));
                            throw new IllegalArgumentException("no");
                          }))
              .isInstanceOf(IllegalArgumentException.class);
          transactions.behindSavepoint(() -> AfterCommit.run(() -> told.add("kept")));
          AfterCommit.run(() -> told.add("after"));
          assertThat(told).isEmpty();
        });
    assertThat(told).containsExactly("before", "kept", "after");

    assertThatThrownBy(
            () ->
                transactions.execute(
                    () -> {
                      AfterCommit.run(() -> told.add("rolled back"));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(told).hasSize(3);
  }

  private void move(String first, String second, CyclicBarrier barrier, AtomicInteger attempts) {
    AtomicInteger own = new AtomicInteger();
    transactions.execute(
        () -> {
          attempts.incrementAndGet();
          add(first);
          if (own.incrementAndGet() == 1) {
            await(barrier);
          }
          add(second);
        });
  }

  private void add(String id) {
    Rows.expectOne(
        jdbc.sql("update account set balance = balance + 1 where id = ?").param(id).update(), id);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRequestWaitsTwoSecondsForALockAndIsThenToldToComeAgain() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    Thread holder =
        Thread.ofPlatform()
            .start(
                () ->
                    transactions.execute(
                        () -> {
                          add("a");
                          locked.countDown();
                          awaitLatch(refused);
                        }));
    awaitLatch(locked);
    assertThatThrownBy(
            () ->
                transactions.runHttp(
                    () ->
                        jdbc.sql("update account set balance = balance + 1 where id = 'a'")
                            .update()))
        .isInstanceOf(DatabaseBusyException.class);
    refused.countDown();
    holder.join();
    assertThat(jdbc.sql("select balance from account where id = 'a'").query(Integer.class).single())
        .isEqualTo(1);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatFailsBehindASavepointTakesOnlyItsOwnChangesWithIt() {
    transactions.execute(
        () -> {
          add("a");
          assertThatThrownBy(
                  () ->
                      transactions.behindSavepoint(
                          () -> {
                            add("b");
                            jdbc.sql("insert into account values ('a', 0)").update();
                          }))
              .isInstanceOf(DataIntegrityViolationException.class);
          add("a");
        });
    assertThat(jdbc.sql("select balance from account order by id").query(Integer.class).list())
        .containsExactly(2, 0);
  }

  @Test
  void anUnexpectedRowCountUndoesTheTransaction() {
    assertThatThrownBy(
            () ->
                transactions.execute(
                    () -> {
                      add("a");
                      add("missing");
                    }))
        .isInstanceOf(UnexpectedRowsException.class)
        .hasMessage("missing: expected 1 changed rows, got 0");
    assertThat(jdbc.sql("select balance from account where id = 'a'").query(Integer.class).single())
        .isZero();
  }

  @Test
  void copyKeepsEveryValueAsItWas() {
    record Line(String text, BigDecimal amount, Instant at) {}
    jdbc.sql(
            "create table line (n int, text text, amount numeric, at timestamptz, flag boolean,"
                + " bytes bytea, nothing text)")
        .update();
    Line line =
        new Line(
            "tab\t new\nline \\ \r \\N \u4e2d\u6587 \uD83D\uDE00",
            new BigDecimal("0.0000000001"),
            Instant.parse("2026-03-29T01:59:59.123456Z"));
    CopyWriter copy = new CopyWriter(dataSource);
    long written =
        transactions.run(
            () ->
                copy.copy(
                    "line",
                    "n, text, amount, at, flag, bytes, nothing",
                    List.of(line, line),
                    (row, out) ->
                        out.number(7)
                            .text(row.text())
                            .decimal(row.amount())
                            .instant(row.at())
                            .flag(true)
                            .bytes(new byte[] {0, -1, 92, 10})
                            .text(null)));
    assertThat(written).isEqualTo(2);
    jdbc.sql("select * from line limit 1")
        .query(
            rs -> {
              assertThat(rs.getInt("n")).isEqualTo(7);
              assertThat(rs.getString("text")).isEqualTo(line.text());
              assertThat(rs.getBigDecimal("amount")).isEqualByComparingTo("0.0000000001");
              assertThat(rs.getTimestamp("at").toInstant()).isEqualTo(line.at());
              assertThat(rs.getBoolean("flag")).isTrue();
              assertThat(rs.getBytes("bytes")).containsExactly(0, -1, 92, 10);
              assertThat(rs.getString("nothing")).isNull();
            });
    assertThatThrownBy(
            () ->
                transactions.execute(
                    () ->
                        copy.copy("line", "n", List.of("x"), (row, out) -> out.text("no number"))))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(jdbc.sql("select count(*) from line").query(Long.class).single()).isEqualTo(2);
  }
}
