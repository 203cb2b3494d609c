package io.tollgate.metering.topology;

import java.time.Duration;
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
  private int since;
  private boolean uncommitted;

  CommitPace(ProcessorContext<?, ?> context) {
    this.context = context;
    var unused =
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, timestamp -> commitUnlessLoaded());
  }

  /** Events or other records came. */
  void count(long number) {
    since += (int) number;
    uncommitted = true;
  }

  private void commitUnlessLoaded() {
    if (uncommitted && since < MANY) {
      context.commit();
      uncommitted = false;
    }
    since = 0;
  }
}
