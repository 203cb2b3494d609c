package io.tollgate.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts notices by kind, channel and outcome; the names are API and hold no account. */
@Component
public class NoticeMetrics {

  private final MeterRegistry meters;

  NoticeMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A notice was published for everybody to see. */
  void announced(NoticeKind kind) {
    count(kind, "announcement", "published", 1);
  }

  /** Inboxes got a notice; to be called once that is committed. */
  public void delivered(NoticeKind kind, int accounts) {
    count(kind, "in-station", "delivered", accounts);
  }

  /** An e-mail was settled: sent, to be retried, failed or suppressed. */
  public void mailed(NoticeKind kind, String outcome) {
    count(kind, "email", outcome, 1);
  }

  private void count(NoticeKind kind, String channel, String outcome, int count) {
    meters
        .counter("tollgate.notices", "kind", kind.name(), "channel", channel, "outcome", outcome)
        .increment(count);
  }
}
