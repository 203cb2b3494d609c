package io.tollgate.billing.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.ProductId;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From when on an instance's bills change when its record comes again. */
class InstanceFactsTest {
  private static final Instant REGISTERED = Instant.parse("2024-02-26T16:00:00Z");
  private static final Instant ENDED = Instant.parse("2024-03-02T04:00:00Z");

  private final InstanceFacts running = facts("box", REGISTERED, Optional.empty());
  private final InstanceFacts ended = facts("box", REGISTERED, Optional.of(ENDED));

  @Test
  void aRecordThatComesAgainForSomethingElseChangesNoBill() {
    assertThat(facts("box", REGISTERED, Optional.empty()).differSince(running)).isEmpty();
    assertThat(facts("box", REGISTERED, Optional.of(ENDED)).differSince(ended)).isEmpty();
  }

  @Test
  void anEndChangesBillsFromTheEarlierEndOn() {
    assertThat(ended.differSince(running)).contains(ENDED);
    assertThat(running.differSince(ended)).contains(ENDED);
    assertThat(facts("box", REGISTERED, Optional.of(ENDED.plusSeconds(1))).differSince(ended))
        .contains(ENDED);
  }

  @Test
  void anotherBeginningOrProductChangesBillsFromTheEarlierBeginningOn() {
    InstanceFacts earlier = facts("box", REGISTERED.minusSeconds(1), Optional.of(ENDED));
    assertThat(earlier.differSince(ended)).contains(REGISTERED.minusSeconds(1));
    assertThat(ended.differSince(earlier)).contains(REGISTERED.minusSeconds(1));
    assertThat(facts("vault", REGISTERED, Optional.of(ENDED)).differSince(ended))
        .contains(REGISTERED);
  }

  private static InstanceFacts facts(String product, Instant registered, Optional<Instant> end) {
    return new InstanceFacts(ProductId.of(product), BillingMode.PAY_AS_YOU_GO, registered, end);
  }
}
