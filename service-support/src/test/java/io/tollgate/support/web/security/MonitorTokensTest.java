package io.tollgate.support.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Alerts read how long the monitor's token is still valid. */
class MonitorTokensTest {

  private static final Instant ISSUED = Instant.ofEpochSecond(1_000);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void theTokenLastUsedByAMonitorIsShown() {
    use("monitor", 5_000);
    use("monitor", 9_000);

    assertThat(shown()).contains(9_000.0);
  }

  @Test
  void nobodyElsesTokenIsShown() {
    use("operator", 5_000);
    assertThat(shown()).isEmpty();

    use("monitor", 7_000);
    use("operator", 8_000);
    assertThat(shown()).contains(7_000.0);
  }

  private final MonitorTokens tokens =
      new MonitorTokens(
          token -> {
            String[] parts = token.split(":", -1);
            return Mono.just(
                Jwt.withTokenValue(token)
                    .header("alg", "none")
                    .claim("roles", List.of(parts[0]))
                    .issuedAt(ISSUED)
                    .expiresAt(Instant.ofEpochSecond(Long.parseLong(parts[1])))
                    .build());
          },
          meters);

  private void use(String role, long expires) {
    assertThat(tokens.decode(role + ":" + expires).block()).isNotNull();
  }

  private Optional<Double> shown() {
    return Optional.ofNullable(
            meters.find("tollgate_monitor_token_expires_timestamp_seconds").gauge())
        .map(Gauge::value);
  }
}
