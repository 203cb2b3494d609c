package io.tollgate.metering.topology;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import io.tollgate.model.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Windows around instants, remembered: zone rules cost more than a comparison. One per task. */
final class Windows {

  private static final int SIZE = 256;
  private static final int QUARTER_HOUR = 900;

  private final BillingCalendar calendar;
  private final @Nullable Window[] hours = new @Nullable Window[SIZE];
  private final @Nullable Window[] days = new @Nullable Window[SIZE];

  Windows(BillingCalendar calendar) {
    this.calendar = calendar;
  }

  Window of(Granularity granularity, Instant time) {
    @Nullable Window[] known = granularity == Granularity.HOUR ? hours : days;
    int slot = (int) Math.floorMod(time.getEpochSecond() / QUARTER_HOUR, (long) SIZE);
    Window window = known[slot];
    if (window == null || !window.contains(time)) {
      window = calendar.windowOf(granularity, time);
      known[slot] = window;
    }
    return window;
  }
}
