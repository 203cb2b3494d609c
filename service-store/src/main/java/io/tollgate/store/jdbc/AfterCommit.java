package io.tollgate.store.jdbc;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is told or counted of a transaction once it has committed, so that nothing is of one that
 * rolls back, or of a part that was undone to a savepoint ({@link Transactions#behindSavepoint}).
 */
public final class AfterCommit {

  private AfterCommit() {}

  /**
   * Runs an action after the running transaction has committed; it must neither fail nor wait.
   *
   * @throws IllegalStateException when no transaction is running
   */
  public static void run(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(new Action(action));
  }

  private static final class Action implements TransactionSynchronization {
    private final Runnable action;
    private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean undone;

    Action(Runnable action) {
      this.action = action;
    }

    @Override
    public void savepoint(Object savepoint) {
      laterSavepoints.add(savepoint);
    }

    /** Whoever was not told of a savepoint came after it. */
    @Override
    public void savepointRollback(Object savepoint) {
      undone |= !laterSavepoints.contains(savepoint);
    }

    @Override
    public void afterCommit() {
      if (!undone) {
        action.run();
      }
    }
  }
}
