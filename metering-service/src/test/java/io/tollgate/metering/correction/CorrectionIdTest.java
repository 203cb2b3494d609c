package io.tollgate.metering.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.web.Caller;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A correction that is sent again must find its outcome. */
class CorrectionIdTest {
  private static final Caller CALLER =
      new Caller("ops", Set.of(Caller.Role.OPERATOR), Optional.empty(), Set.of());

  @Test
  void theIdOfACorrectionIsPinned() {
    assertThat(CorrectionWriter.idOf(CALLER, "key-1"))
        .isEqualTo("6a36ae451b9dc6c16f15dd8c505f7302");
  }
}
