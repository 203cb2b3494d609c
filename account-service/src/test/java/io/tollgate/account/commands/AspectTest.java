package io.tollgate.account.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.event.AccountEvent.CommandKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AspectTest {

  @Test
  void aReleaseDecidesEverythingButTheBackups() {
    assertThat(Aspect.RUNNING.condition())
        .isEqualTo("kind in ('OPEN', 'SUSPEND', 'RESUME', 'RELEASE')");
    assertThat(Aspect.LIMITS.condition())
        .isEqualTo("kind in ('RESTRICT', 'UNRESTRICT', 'RELEASE')");
    assertThat(Aspect.LOCATION.condition()).isEqualTo("kind in ('RELOCATE', 'RELEASE')");
    assertThat(Aspect.BACKUPS.condition()).isEqualTo("kind in ('DELETE_BACKUPS')");
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandDecidesSomething(CommandKind kind) {
    assertThat(Aspect.decidedBy(kind)).isNotEmpty();
  }
}
