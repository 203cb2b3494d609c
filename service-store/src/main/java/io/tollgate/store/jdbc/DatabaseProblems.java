package io.tollgate.store.jdbc;

import io.tollgate.support.failure.Causes;
import io.tollgate.support.web.FailureMeaning;
import io.tollgate.support.web.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;

/** Maps failures of the database to problems. */
final class DatabaseProblems implements FailureMeaning {

  /** A text has a character that no text of the database holds. */
  private static final String NOT_IN_REPERTOIRE = "22021";

  /** SQLSTATE of a database that only reads for now (F18). */
  private static final String READ_ONLY = "25006";

  /** Locks, timeouts and deadlocks are transient; the others mean that there is no connection. */
  private static final List<Class<? extends Exception>> PASSING =
      List.of(
          DatabaseBusyException.class,
          TransientDataAccessException.class,
          CannotCreateTransactionException.class,
          DataAccessResourceFailureException.class);

  @Override
  public Optional<ProblemException> of(Throwable failure) {
    if (PASSING.stream().anyMatch(type -> Causes.find(failure, type).isPresent())
        || hasState(failure, READ_ONLY)) {
      return Optional.of(
          new ProblemException(
              HttpStatus.SERVICE_UNAVAILABLE,
              "busy",
              "nothing was changed; send the request again later"));
    }
    // A NUL, whichever field or parameter it came in.
    return hasState(failure, NOT_IN_REPERTOIRE)
        ? Optional.of(
            new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "a string contains a character that cannot be stored (NUL)"))
        : Optional.empty();
  }

  private static boolean hasState(Throwable failure, String state) {
    return Causes.find(failure, SQLException.class)
        .filter(e -> state.equals(e.getSQLState()))
        .isPresent();
  }
}
