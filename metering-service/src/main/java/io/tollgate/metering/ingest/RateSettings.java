package io.tollgate.metering.ingest;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast platforms may post; 0 is as fast as they can.
 *
 * @param eventsPerSecond of each platform that is not named
 * @param burst for how long a platform that was silent may post at any speed
 * @param platforms events per second of single platforms, by the subject of their tokens
 */
@ConfigurationProperties("tollgate.metering.rate")
record RateSettings(
    @DefaultValue("0") long eventsPerSecond,
    @DefaultValue("PT10S") Duration burst,
    @DefaultValue Map<String, Long> platforms) {

  /** A billion a second is one per nanosecond. */
  private static final long MAX = 1_000_000_000L;

  RateSettings {
    platforms = Map.copyOf(platforms);
    if (isNoRate(eventsPerSecond) || platforms.values().stream().anyMatch(RateSettings::isNoRate)) {
      throw new IllegalArgumentException("events per second are 0 to " + MAX);
    }
    if (burst.toMillis() < 1 || burst.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a burst lasts from a millisecond to an hour");
    }
  }

  private static boolean isNoRate(long rate) {
    return rate < 0 || rate > MAX;
  }

  long of(String platform) {
    return platforms.getOrDefault(platform, eventsPerSecond);
  }
}
