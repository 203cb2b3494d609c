package io.tollgate.store.setaside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.testing.SupportDatabase;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A batch with bad items is halved until they stand alone; the others are done, once each. */
class IsolationIT {

  private static final String WORK = "adding";

  private static final HikariDataSource DATABASE = SupportDatabase.create();

  private final JdbcClient jdbc = JdbcClient.create(DATABASE);
  private final Transactions transactions =
      new Transactions(new JdbcTransactionManager(DATABASE), jdbc);
  private final SetAside setAside = new SetAside(jdbc, transactions, new Standing());
  private final Isolation isolation = new Isolation(setAside);
  private final Set<String> bad = new HashSet<>();
  private final List<Integer> batches = new ArrayList<>();

  private static final class Standing implements BusinessClock {
    @Override
    public Instant now() {
      return Instant.parse("2024-03-01T00:00:00Z");
    }

    @Override
    public ClockMode mode() {
      return ClockMode.TEST;
    }
  }

  @BeforeEach
  void hundredAccounts() {
    jdbc.sql("truncate set_aside").update();
    jdbc.sql("drop table if exists due, done").update();
    jdbc.sql("create table due (account text primary key, amount numeric(4, 0) not null)").update();
    jdbc.sql("create table done (account text not null)").update();
    jdbc.sql("insert into due select 'a' || number, 1 from generate_series(100, 199) number")
        .update();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  /** Moves what is due to what is done. */
  private final class Adding implements IsolatedWork<String> {

    @Override
    public String name() {
      return WORK;
    }

    @Override
    public List<String> due(Selection selection) {
      return jdbc.sql(
              "select account from due d where "
                  + selection.where(WORK, "d.account", "''")
                  + " order by account")
          .query(String.class)
          .list();
    }

    @Override
    public Subject subjectOf(String account) {
      return Subject.of(AccountId.of(account));
    }

    @Override
    public int apply(List<String> accounts) {
      batches.add(accounts.size());
      return transactions.run(
          () -> {
            for (String account : accounts) {
              if (bad.contains(account)) {
                throw new ArithmeticException(account + " is past the bound");
              }
              jdbc.sql("delete from due where account = ?").param(account).update();
              jdbc.sql("insert into done values (?)").param(account).update();
            }
            return accounts.size();
          });
    }
  }

  @Test
  void aGoodBatchIsDoneAtOnce() {
    assertThat(isolation.run(new Adding())).isEqualTo(100);
    assertThat(batches).containsExactly(100);
    assertThat(setAside()).isEmpty();
  }

  @Test
  void badItemsAreSetAsideWithTheirReasonsAndTheOthersDoneOnce() {
    bad.addAll(Set.of("a100", "a142", "a143", "a199"));
    assertThat(isolation.run(new Adding())).isEqualTo(100);
    assertThat(done()).hasSize(96).doesNotHaveDuplicates();
    assertThat(setAside())
        .containsExactly(
            "a100 a100 is past the bound",
            "a142 a142 is past the bound",
            "a143 a143 is past the bound",
            "a199 a199 is past the bound");
    assertThat(isolation.anyToTry(WORK)).isFalse();
    batches.clear();
    assertThat(isolation.run(new Adding())).isZero();
    assertThat(batches).isEmpty();
  }

  @Test
  void whatTheDatabaseRefusesIsIsolatedToo() {
    jdbc.sql("alter table done add constraint one_too_many check (account <> 'a150')").update();
    assertThat(isolation.run(new Adding())).isEqualTo(100);
    assertThat(done()).hasSize(99);
    assertThat(setAside()).singleElement().asString().contains("a150", "one_too_many");
  }

  @Test
  void whatIsTriedAgainIsTriedAloneAndLeavesTheListOnceItSucceeds() {
    bad.addAll(Set.of("a100", "a142"));
    var unused = isolation.run(new Adding());
    batches.clear();
    setAside.changed(List.of("a142", "a150"));
    assertThat(isolation.anyToTry(WORK)).isTrue();
    assertThat(isolation.run(new Adding())).isEqualTo(1);
    assertThat(batches).containsExactly(1);
    assertThat(
            jdbc.sql("select tries from set_aside where account_id = 'a142'")
                .query(Integer.class)
                .single())
        .isEqualTo(2);

    bad.remove("a142");
    assertThat(setAside.tryAgain(Optional.of("a142"), Optional.empty())).isEqualTo(1);
    assertThat(isolation.run(new Adding())).isEqualTo(1);
    assertThat(setAside()).singleElement().asString().contains("a100");
    assertThat(done()).hasSize(99);
  }

  @Test
  void ofPartsThatChangedOnlyTheyAndTheirAccountsAsWholesAreTriedAgain() {
    Subject part = new Subject("a142", "p 1");
    Subject whole = new Subject("a142", "");
    List.of(part, whole, new Subject("a142", "p 2"), new Subject("a143", "p 1"))
        .forEach(subject -> setAside.add(WORK, subject, "a test"));
    setAside.changedParts(List.of(part));
    assertThat(setAside.toTry(WORK)).containsExactlyInAnyOrder(part, whole);
  }

  /** Thousands that fail again used to be tried before anything else was done. */
  @Test
  void onlySomeAreTriedAgainBeforeTheOthersHaveTheirTurn() {
    IntStream.range(100, 200).forEach(number -> bad.add("a" + number));
    var unused = isolation.run(new Adding());
    jdbc.sql("insert into due values ('b100', 1)").update();
    isolation.tryAgain();
    batches.clear();
    assertThat(isolation.run(new Adding())).isEqualTo(51);
    assertThat(batches).hasSize(51);
    assertThat(done()).containsExactly("b100");
    assertThat(setAside.toTry(WORK)).hasSize(50);
  }

  @Test
  void itIsTriedWithoutAChangeWhenItsTimeHasCome() {
    bad.add("a142");
    var unused = isolation.run(new Adding());
    assertThat(isolation.anyToTry(WORK)).isFalse();
    jdbc.sql("update set_aside set next_try_at = clock_timestamp()").update();
    bad.clear();
    assertThat(isolation.run(new Adding())).isEqualTo(1);
    assertThat(setAside()).isEmpty();
  }

  @Test
  void whatIsNotDueAnyMoreLeavesTheList() {
    bad.add("a142");
    var unused = isolation.run(new Adding());
    jdbc.sql("delete from due").update();
    assertThat(setAside.tryAgain(Optional.empty(), Optional.of(WORK))).isEqualTo(1);
    assertThat(isolation.run(new Adding())).isZero();
    assertThat(setAside()).isEmpty();
  }

  @Test
  void aFailureOfTheInfrastructureSetsNothingAside() {
    IsolatedWork<String> locked =
        new IsolatedWork<>() {
          @Override
          public String name() {
            return WORK;
          }

          @Override
          public List<String> due(Selection selection) {
            return List.of("a100");
          }

          @Override
          public Subject subjectOf(String account) {
            return Subject.of(AccountId.of(account));
          }

          @Override
          public int apply(List<String> accounts) {
            throw new CannotAcquireLockException("held");
          }
        };
    assertThatThrownBy(() -> isolation.run(locked)).isInstanceOf(CannotAcquireLockException.class);
    assertThat(setAside()).isEmpty();
  }

  private List<String> setAside() {
    return jdbc.sql("select account_id || ' ' || reason from set_aside order by account_id")
        .query(String.class)
        .list();
  }

  private List<String> done() {
    return jdbc.sql("select account from done").query(String.class).list();
  }
}
