package io.tollgate.support.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Not to know whether an invariant holds is no difference. */
class AuditMetricsTest {

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private Supplier<AuditFinding> ledger = () -> AuditFinding.clean(3);
  private final AuditMetrics audits =
      new AuditMetrics(
          meters,
          List.of(
              invariant("ledger", Optional.of("tollgate_ledger_imbalance"), () -> ledger.get()),
              invariant("outbox", Optional.empty(), () -> AuditFinding.clean(4))));

  private static Invariant invariant(
      String id, Optional<String> gauge, Supplier<AuditFinding> check) {
    return new Invariant() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String description() {
        return "what must hold of " + id;
      }

      @Override
      public AuditFinding check() {
        return check.get();
      }

      @Override
      public Optional<String> gauge() {
        return gauge;
      }
    };
  }

  @Test
  void anInvariantThatCannotBeCheckedKeepsItsDifferenceAndTheOthersAreChecked() {
    ledger = () -> new AuditFinding(3, new BigDecimal("0.5"), List.of("off"));
    clock.add(Duration.ofSeconds(10));
    audits.checkAll();
    ledger =
        () -> {
          throw new IllegalStateException("the database is away");
        };
    clock.add(Duration.ofSeconds(10));

    assertThatThrownBy(audits::checkAll).hasMessageContaining("ledger");

    assertThat(of("tollgate_audit_difference", "ledger")).isEqualTo(0.5);
    assertThat(meters.get("tollgate_ledger_imbalance").gauge().value()).isEqualTo(0.5);
    assertThat(of("tollgate_audit_last_success_timestamp_seconds", "ledger")).isEqualTo(10.001);
    assertThat(failures("ledger")).isEqualTo(1);
    assertThat(of("tollgate_audit_last_success_timestamp_seconds", "outbox")).isEqualTo(20.001);
    assertThat(of("tollgate_audit_checked_items", "outbox")).isEqualTo(4);
    assertThat(failures("outbox")).isZero();
  }

  @Test
  void oneThatWasNeverCheckedShowsNoDifference() {
    assertThat(failures("ledger")).isZero();
    audits.checkGauges();

    assertThat(of("tollgate_audit_difference", "ledger")).isZero();
    assertThat(meters.find("tollgate_audit_difference").tag("invariant", "outbox").gauge())
        .isNull();
  }

  private double of(String gauge, String invariant) {
    return meters.get(gauge).tag("invariant", invariant).gauge().value();
  }

  private double failures(String invariant) {
    return meters.get("tollgate_audit_failures").tag("invariant", invariant).counter().count();
  }
}
