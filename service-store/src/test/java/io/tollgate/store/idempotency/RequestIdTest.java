package io.tollgate.store.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.web.Caller;
import io.tollgate.support.web.IdempotentRequest;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a request made must be found by the same request. */
class RequestIdTest {
  private static final IdempotentRequest REQUEST =
      new IdempotentRequest("POST /v1/accounts/acme/adjustments", "key-1");

  @Test
  void theIdOfWhatARequestMakesIsItsCallerAndKey() {
    assertThat(IdempotencyKeys.idOf("adj-", caller("ops"), REQUEST))
        .isEqualTo("adj-829eb33b-1a1f-3368-b4ac-663d46183cb3");
    assertThat(IdempotencyKeys.idOf("fm-", caller("ops"), REQUEST))
        .isEqualTo("fm-829eb33b-1a1f-3368-b4ac-663d46183cb3");
    assertThat(IdempotencyKeys.idOf("adj-", caller("other"), REQUEST))
        .isEqualTo("adj-e4a551a8-d7b7-317d-8094-051eb01b2a7c");
  }

  private static Caller caller(String subject) {
    return new Caller(subject, Set.of(Caller.Role.OPERATOR), Optional.empty(), Set.of());
  }
}
