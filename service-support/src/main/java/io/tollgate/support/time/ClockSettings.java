package io.tollgate.support.time;

import io.tollgate.model.event.Timestamps;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where business time comes from.
 *
 * @param mode system or test
 * @param start first instant of a test clock, {@link Timestamps#RANGE}
 * @param peers base URLs of the services to step, in order
 * @param maxBlock longest step; at most a day and the shortest configured reaction delay
 * @param settleTimeout how long a service may take to come to rest before the drive fails
 */
@ConfigurationProperties("tollgate.clock")
public record ClockSettings(
    @DefaultValue("system") ClockMode mode,
    @Nullable Instant start,
    @DefaultValue List<URI> peers,
    @DefaultValue("PT24H") Duration maxBlock,
    @DefaultValue("PT2M") Duration settleTimeout) {

  public ClockSettings {
    if (start != null && !Timestamps.isAccepted(start)) {
      throw new IllegalArgumentException(
          "tollgate.clock.start must be a time " + Timestamps.RANGE + ", not " + start);
    }
  }
}
