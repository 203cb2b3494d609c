package io.tollgate.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Distinguishes failures of the infrastructure, which pass and are retried without limit, from
 * failures caused by data, which would recur forever and are set aside.
 */
public final class Failures {

  /**
   * SQLSTATE classes that say nothing about the data: connection, rollback, privileges and missing
   * tables (a deployment is at fault), resources, state, operator, system; and 25006, a database
   * that is read-only for now. Not 54: a text too long for an index stays too long.
   */
  private static final List<String> INFRASTRUCTURE_STATES =
      List.of("08", "25006", "28", "40", "42", "53", "55", "57", "58", "XX", "3F", "3D");

  private Failures() {}

  /** Whether trying the same again later may succeed without anybody changing the data. */
  public static boolean ofInfrastructure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return INFRASTRUCTURE_STATES.stream().anyMatch(state::startsWith);
      }
      if (isInfrastructureType(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInfrastructureType(Throwable cause) {
    return (cause instanceof TransientDataAccessException
            || cause instanceof RecoverableDataAccessException
            || cause instanceof DataAccessResourceFailureException
            || cause instanceof NonTransientDataAccessResourceException
            || cause instanceof TransactionException
            || cause instanceof KafkaException)
        && !hasSqlCause(cause);
  }

  private static boolean hasSqlCause(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return true;
      }
    }
    return false;
  }
}
