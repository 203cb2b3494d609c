package io.tollgate.support.web.security;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.web.Caller.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Shows when the token expires by which the metrics are read, so that an alert can say so before
 * nothing can be read any more.
 *
 * <p>The gauge {@code tollgate_monitor_token_expires_timestamp_seconds} appears when a monitor's
 * token is first used; it shows the one used last.
 */
final class MonitorTokens implements ReactiveJwtDecoder {

  private static final String MONITOR = Role.MONITOR.name().toLowerCase(Locale.ROOT);

  private final ReactiveJwtDecoder decoder;
  private final MeterRegistry meters;
  private final AtomicReference<@Nullable Instant> expiry = new AtomicReference<>();

  /** Has seen no token yet. */
  MonitorTokens(ReactiveJwtDecoder decoder, MeterRegistry meters) {
    this.decoder = decoder;
    this.meters = meters;
  }

  @Override
  public Mono<Jwt> decode(String token) {
    return decoder.decode(token).doOnNext(this::see);
  }

  private void see(Jwt jwt) {
    List<String> roles = jwt.getClaimAsStringList("roles");
    Instant expires = jwt.getExpiresAt();
    if (roles == null || expires == null || !roles.contains(MONITOR)) {
      return;
    }
    if (expiry.getAndSet(expires) == null) {
      Gauge.builder(
              "tollgate_monitor_token_expires_timestamp_seconds",
              expiry,
              seen -> seconds(seen.get()))
          .description(
              "Unix time at which the token expires by which a monitor last read the service")
          .register(meters);
    }
  }

  private static double seconds(@Nullable Instant instant) {
    return instant == null ? Double.NaN : instant.getEpochSecond();
  }
}
