package io.tollgate.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in one READ COMMITTED transaction and, after a deadlock or a serialization failure,
 * runs all of it again, five times at most (F12).
 *
 * <p>The work must therefore have no effect outside the database. Inside a running transaction it
 * joins that one: who began it repeats it.
 */
public final class Transactions {

  private static final Logger log = LoggerFactory.getLogger(Transactions.class);
  private static final int MAX_ATTEMPTS = 5;
  private static final String DEADLOCK = "40P01";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final TransactionTemplate template;
  private final TransactionTemplate nested;
  private final JdbcClient jdbc;

  /** Transactions of one database. */
  public Transactions(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.template = new TransactionTemplate(manager);
    this.template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    this.nested = new TransactionTemplate(manager);
    this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.jdbc = jdbc;
  }

  /** Runs work in a transaction; waits for locks as long as it takes. */
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return inTransaction(template, work);
      } catch (RuntimeException e) {
        if (attempt == MAX_ATTEMPTS || !isRepeatable(e)) {
          throw e;
        }
        log.info("Transaction lost a race (attempt {} of {}): {}", attempt, MAX_ATTEMPTS, brief(e));
        pause(attempt);
      }
    }
  }

  /** Like {@link #run}, without a result. */
  public void execute(Runnable work) {
    run(
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }

  /**
   * Like {@link #run}, for batches that name the rows they want by key: each is looked up in an
   * index, whatever the statistics say. Left to itself the planner reads and hashes the whole table
   * once the batch is some percent of it, so that every batch costs as much as the table is long.
   */
  public <T extends @Nullable Object> T runByKey(Supplier<T> work) {
    return run(
        () -> {
          var unused = jdbc.sql(PlannerSettings.BY_KEY).query().listOfRows();
          return work.get();
        });
  }

  /**
   * Runs a request's work: waits at most 2 s for any lock.
   *
   * @throws DatabaseBusyException when a lock was not to be had in time
   */
  public <T extends @Nullable Object> T runHttp(Supplier<T> work) {
    try {
      return run(
          () -> {
            jdbc.sql("set local lock_timeout = '2s'").update();
            return work.get();
          });
    } catch (RuntimeException e) {
      if (hasState(e, LOCK_NOT_AVAILABLE)) {
        throw new DatabaseBusyException("a lock was not available within 2 s", e);
      }
      throw e;
    }
  }

  /**
   * Runs work inside the running transaction behind a savepoint: when it throws, only its own
   * changes are undone.
   */
  public void behindSavepoint(Runnable work) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a savepoint needs a running transaction");
    }
    nested.executeWithoutResult(status -> work.run());
  }

  /** Whether the failure was a lost race, after which the same work may succeed. */
  public static boolean isRepeatable(Throwable failure) {
    return hasState(failure, DEADLOCK) || hasState(failure, SERIALIZATION_FAILURE);
  }

  @SuppressWarnings("NullAway") // the template returns what the work returned, null only if it did
  private static <T extends @Nullable Object> T inTransaction(
      TransactionTemplate template, Supplier<T> work) {
    return template.execute(status -> work.get());
  }

  private static boolean hasState(Throwable failure, String sqlState) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sqlState.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static void pause(int attempt) {
    long millis = ThreadLocalRandom.current().nextLong(1, 10L << attempt);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static String brief(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
