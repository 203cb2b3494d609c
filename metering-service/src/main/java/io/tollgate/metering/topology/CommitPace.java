package io.tollgate.metering.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit soon while little comes, and leaves it to the longer interval of the settings
 * while much does.
 *
 * <p>A commit writes every series that changed since the last one, to the store and to the
 * changelog: under load each one is written once a second then, not ten times. What is waited for,
 * by a person or by a driven clock, is still there after a tenth of a second. Time here is the
 * machine's: it decides when something is written, never what.
 */
final class CommitPace {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** So much within a look is a load. */
  private static final int MANY = 500;

  private final ProcessorContext<?, ?> context;
  private final AtomicLong work;
  private long seen;
  private boolean uncommitted;

  /**
   * @param work of all tasks of this instance: a thread commits all of its tasks together, and
   *     while it works off one of them the others have nothing to do
   */
  CommitPace(ProcessorContext<?, ?> context, AtomicLong work) {
    this.context = context;
    this.work = work;
    var unused =
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, timestamp -> commitUnlessLoaded());
  }

  /** Events or other records came. */
  void count(long number) {
    var unused = work.addAndGet(number);
    uncommitted = true;
  }

  private void commitUnlessLoaded() {
    long done = work.get();
    if (uncommitted && done - seen < MANY) {
      context.commit();
      uncommitted = false;
    }
    seen = done;
  }
}
