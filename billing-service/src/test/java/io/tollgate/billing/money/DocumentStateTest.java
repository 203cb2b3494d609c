package io.tollgate.billing.money;

import static io.tollgate.billing.money.DocumentState.BOOKED;
import static io.tollgate.billing.money.DocumentState.PENDING;
import static io.tollgate.billing.money.DocumentState.REJECTED;
import static io.tollgate.billing.money.DocumentState.REVERSED;
import static io.tollgate.billing.money.DocumentState.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.DocumentState.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentStateTest {

  @Test
  void aDocumentIsMatchedThenDecidedThenReversed() {
    assertThat(reachedFrom(UNMATCHED)).containsExactly(PENDING, REJECTED);
    assertThat(reachedFrom(PENDING)).containsExactly(BOOKED, REJECTED);
    assertThat(reachedFrom(BOOKED)).containsExactly(REVERSED);
  }

  @Test
  void whatIsRejectedOrReversedStaysSo() {
    assertThat(reachedFrom(REJECTED)).isEmpty();
    assertThat(reachedFrom(REVERSED)).isEmpty();
  }

  @Test
  void askingForTheSameAgainIsDoneAlready() {
    for (DocumentState state : DocumentState.values()) {
      assertThat(state.toward(state)).isEqualTo(Step.DONE);
    }
  }

  @Test
  void aStateNamesThoseItFollows() {
    assertThat(PENDING.before()).containsExactly(UNMATCHED);
    assertThat(BOOKED.before()).containsExactly(PENDING);
    assertThat(REJECTED.before()).containsExactlyInAnyOrder(UNMATCHED, PENDING);
    assertThat(REVERSED.before()).containsExactly(BOOKED);
    assertThat(UNMATCHED.before()).isEmpty();
  }

  @Test
  void everythingElseIsRefused() {
    assertThat(UNMATCHED.toward(BOOKED)).isEqualTo(Step.REFUSED);
    assertThat(REJECTED.toward(BOOKED)).isEqualTo(Step.REFUSED);
    assertThat(BOOKED.toward(PENDING)).isEqualTo(Step.REFUSED);
    assertThat(PENDING.toward(REVERSED)).isEqualTo(Step.REFUSED);
  }

  private static List<DocumentState> reachedFrom(DocumentState state) {
    return Arrays.stream(DocumentState.values())
        .filter(other -> state.toward(other) == Step.DUE)
        .toList();
  }
}
