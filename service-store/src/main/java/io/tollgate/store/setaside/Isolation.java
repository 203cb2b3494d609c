package io.tollgate.store.setaside;

import io.tollgate.support.failure.Causes;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches so that whatever an item's data provokes stays with that item.
 *
 * <p>What fails alone ({@link Halving}) is set aside with the reason, and is tried again alone,
 * never in a batch. A failure of the infrastructure (a connection, a lock, a full disk) is thrown
 * and sets nothing aside.
 */
public final class Isolation {

  private static final Logger log = LoggerFactory.getLogger(Isolation.class);

  /** How many are tried again before the others have their turn. */
  static final int TRIES = 50;

  private final SetAside setAside;

  Isolation(SetAside setAside) {
    this.setAside = setAside;
  }

  /** Tries again what is to be tried, then does a batch of what is due. */
  public <T> int run(IsolatedWork<T> work) {
    return retry(work) + doBatch(work);
  }

  /** The same for work of which each item is a transaction of its own. */
  public <T> int runEach(IsolatedWork<T> work) {
    return retry(work)
        + work.due(Selection.REGULAR).stream().mapToInt(item -> apply(work, List.of(item))).sum();
  }

  /** Does a batch of what is due and not set aside. */
  public <T> int doBatch(IsolatedWork<T> work) {
    return apply(work, work.due(Selection.REGULAR));
  }

  /**
   * Whether something is set aside that is to be tried now. A sweep to which this applies has work;
   * for what is set aside and waits, nobody waits.
   */
  public boolean anyToTry(String work) {
    return setAside.anyToTry(work);
  }

  /** Lets everything be tried again, because something that many depend on has changed. */
  public void tryAgain() {
    var unused = setAside.tryAgain(Optional.empty(), Optional.empty());
  }

  /**
   * Tries again, each alone, what was set aside and is to be tried; a few at a time, so that what
   * goes on is not held up by what may fail again.
   */
  public <T> int retry(IsolatedWork<T> work) {
    List<Subject> subjects = setAside.toTry(work.name());
    if (subjects.isEmpty()) {
      return 0;
    }
    List<T> due = work.due(Selection.RETRIED);
    if (due.isEmpty()) {
      // Not due any more; should it fall due again, it is done with the others.
      subjects.forEach(subject -> setAside.done(work.name(), subject));
      return 0;
    }
    return due.stream().limit(TRIES).mapToInt(item -> applyAlone(work, item)).sum();
  }

  private <T> int applyAlone(IsolatedWork<T> work, T item) {
    int done = apply(work, List.of(item));
    if (done > 0 && setAside.done(work.name(), work.subjectOf(item))) {
      log.info("{} of {} is no longer set aside", work.name(), work.subjectOf(item));
    }
    return done;
  }

  private <T> int apply(IsolatedWork<T> work, List<T> items) {
    return Halving.run(
            work.name(),
            items,
            some -> List.of(work.apply(some)),
            (item, failure) -> List.of(setAside(work, item, failure)))
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private <T> int setAside(IsolatedWork<T> work, T item, Throwable failure) {
    Subject subject = work.subjectOf(item);
    String reason = Causes.brief(failure);
    setAside.add(work.name(), subject, reason);
    log.error("{} of {} is set aside: {}", work.name(), subject, reason, failure);
    return 1;
  }
}
