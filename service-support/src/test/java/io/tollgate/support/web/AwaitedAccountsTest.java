package io.tollgate.support.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A look at the database ends by itself. One that was interrupted closed its connection: each
 * request for an unknown account could, and each one whose client hung up.
 */
class AwaitedAccountsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** One at once, one to begin the wait with, and one after each of 20 pauses. */
  private static final int LOOKS = 22;

  private final AtomicBoolean passed = new AtomicBoolean();

  private Mono<Void> request(KnownAccounts accounts) {
    return new AwaitedAccounts(accounts)
        .filter(
            MockServerWebExchange.from(MockServerHttpRequest.get("/v1/accounts/acc/balance")),
            exchange -> Mono.fromRunnable(() -> passed.set(true)));
  }

  @Test
  void theLastLookIsWaitedFor() {
    AtomicInteger looks = new AtomicInteger();

    request(account -> looks.incrementAndGet() == LOOKS).block(LIMIT);

    assertThat(passed).isTrue();
    assertThat(looks).hasValue(LOOKS);
  }

  @Test
  void anAccountThatStaysUnknownIsRefusedAfterTheLastLook() {
    AtomicInteger looks = new AtomicInteger();
    Mono<Void> request =
        request(
            account -> {
              looks.incrementAndGet();
              return false;
            });

    assertThatThrownBy(() -> request.block(LIMIT))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("account acc is not known here yet");
    assertThat(passed).isFalse();
    assertThat(looks).hasValue(LOOKS);
  }

  @Test
  void aLookIsNotInterruptedWhenTheClientHangsUp() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Disposable request =
        request(
                account -> {
                  begun.countDown();
                  interrupted.set(!isReached(go));
                  ended.countDown();
                  return true;
                })
            .subscribe();

    begun.await();
    request.dispose();
    go.countDown();

    ended.await();
    assertThat(interrupted).isFalse();
    assertThat(passed).isFalse();
  }

  private static boolean isReached(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
