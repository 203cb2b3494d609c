package io.tollgate.notification.notice;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tollgate.support.observability.Histograms;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts notices by kind, channel and outcome; the names are API and hold no account. */
@Component
public class NoticeMetrics {

  private static final String ANNOUNCEMENT = "announcement";
  private static final String IN_STATION = "in-station";
  private static final String EMAIL = "email";
  private static final String PUBLISHED = "published";
  private static final String DELIVERED = "delivered";

  private final Map<NoticeKind, Counter> announced = new EnumMap<>(NoticeKind.class);
  private final Map<NoticeKind, Counter> delivered = new EnumMap<>(NoticeKind.class);
  private final Map<NoticeKind, Map<Mailed, Counter>> mailed = new EnumMap<>(NoticeKind.class);
  private final Timer deliveryDelay;
  private final Timer mailDelay;

  /** What came of an attempt to send an e-mail. */
  public enum Mailed {
    SENT,
    RETRIED,
    FAILED,
    SUPPRESSED
  }

  NoticeMetrics(MeterRegistry meters) {
    for (NoticeKind kind : NoticeKind.values()) {
      announced.put(kind, counter(meters, kind, ANNOUNCEMENT, PUBLISHED));
      delivered.put(kind, counter(meters, kind, IN_STATION, DELIVERED));
      Map<Mailed, Counter> ofKind = new EnumMap<>(Mailed.class);
      for (Mailed outcome : Mailed.values()) {
        ofKind.put(outcome, counter(meters, kind, EMAIL, outcome.name().toLowerCase(Locale.ROOT)));
      }
      mailed.put(kind, ofKind);
    }
    this.deliveryDelay = delay(meters, IN_STATION);
    this.mailDelay = delay(meters, EMAIL);
  }

  private static Counter counter(
      MeterRegistry meters, NoticeKind kind, String channel, String outcome) {
    return Counter.builder("tollgate_notices")
        .description("Notices by outcome; of e-mails every attempt")
        .tag("kind", kind.name())
        .tag("channel", channel)
        .tag("outcome", outcome)
        .register(meters);
  }

  private static Timer delay(MeterRegistry meters, String channel) {
    return Histograms.ofDelays(
        meters,
        "tollgate_notice_delay_seconds",
        "From an event or publication to the inbox, and from there to the mail server; business"
            + " time",
        Tags.of("channel", channel));
  }

  /** A notice was published for everybody to see. */
  void announced(NoticeKind kind) {
    increment(announced.get(kind), 1);
  }

  /**
   * Inboxes got a notice; to be called once that is committed.
   *
   * @param waited since what it is about
   */
  public void delivered(NoticeKind kind, int accounts, Duration waited) {
    increment(delivered.get(kind), accounts);
    for (int i = 0; i < accounts; i++) {
      deliveryDelay.record(atLeast0(waited));
    }
  }

  /** An e-mail was settled. */
  public void mailed(NoticeKind kind, Mailed outcome) {
    increment(mailed.getOrDefault(kind, Map.of()).get(outcome), 1);
  }

  /** The mail server took an e-mail so long after the inbox got its notice. */
  public void sent(Duration waited) {
    mailDelay.record(atLeast0(waited));
  }

  private static void increment(@Nullable Counter counter, int more) {
    if (counter != null) {
      counter.increment(more);
    }
  }

  private static Duration atLeast0(Duration waited) {
    return waited.isNegative() ? Duration.ZERO : waited;
  }
}
