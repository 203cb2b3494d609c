package io.tollgate.store.webhook;

import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.store.webhook.JdbcDeliveryRepository.Due;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Posts messages that are due, outside of any transaction, and keeps every attempt. After a crash
 * an attempt is repeated; its receiver knows it by its id.
 */
final class WebhookSweep implements Sweep, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(WebhookSweep.class);
  static final String NAME = "webhooks";
  private static final int AT_ONCE = 32;

  /** One endpoint that does not answer fills no more of a batch than this. */
  private static final int OF_ONE_OWNER = 4;

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int DROPPED_AT_ONCE = 1_000;

  private final JdbcEndpointRepository endpoints;
  private final JdbcDeliveryRepository deliveries;
  private final WebhookPoster poster;
  private final Transactions transactions;
  private final BusinessClock clock;
  private final Isolation isolation;
  private final ExecutorService executor;

  WebhookSweep(
      JdbcEndpointRepository endpoints,
      JdbcDeliveryRepository deliveries,
      WebhookPoster poster,
      Transactions transactions,
      BusinessClock clock,
      Isolation isolation,
      ServiceIdentity identity) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.poster = poster;
    this.transactions = transactions;
    this.clock = clock;
    this.isolation = isolation;
    this.executor =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(identity.named("webhook-"), 0).factory());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String lane() {
    return NAME;
  }

  @Override
  public int runBatch(Instant upTo) {
    int posted = isolation.runEach(new Posting(upTo));
    return posted + deliveries.dropSettledBefore(upTo.minus(KEPT), DROPPED_AT_ONCE);
  }

  /** Posts messages concurrently and records the outcome of each. */
  private final class Posting implements IsolatedWork<Due> {
    private final Instant upTo;
    private final Map<Long, Future<Attempt>> attempts = new HashMap<>();

    Posting(Instant upTo) {
      this.upTo = upTo;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Due> due(Selection selection) {
      List<Due> due = deliveries.due(upTo, AT_ONCE, OF_ONE_OWNER, selection);
      due.forEach(
          each -> attempts.put(each.message().delivery(), executor.submit(() -> post(each))));
      return due;
    }

    @Override
    public Subject subjectOf(Due due) {
      return Subject.of(due.message().account(), due.message().message());
    }

    @Override
    public int apply(List<Due> due) {
      for (Due each : due) {
        Attempt attempt = result(Objects.requireNonNull(attempts.get(each.message().delivery())));
        transactions.execute(() -> settle(each, attempt));
      }
      return due.size();
    }
  }

  private Attempt post(Due due) {
    return endpoints
        .find(due.owner(), clock.now())
        .map(endpoint -> poster.post(endpoint, due.message()))
        .orElse(Attempt.unanswered("failed: the webhook was removed or disabled"));
  }

  private void settle(Due due, Attempt attempt) {
    long delivery = due.message().delivery();
    Instant now = clock.now();
    deliveries.record(delivery, now, attempt);
    if (attempt.isDelivered()) {
      deliveries.settle(delivery, DeliveryView.State.DELIVERED, now);
      return;
    }
    if (attempt.isGone()) {
      endpoints.disable(due.owner(), now);
      deliveries.settle(delivery, DeliveryView.State.FAILED, now);
      deliveries.cancelAll(due.owner());
      log.warn("The webhook of {} answered 410 and is disabled", due.owner());
      return;
    }
    attempt
        .retryAfter()
        .map(RetrySchedule::bounded)
        .ifPresent(pause -> endpoints.pause(due.owner(), now.plus(pause)));
    Optional<Duration> wait =
        due.message().retried()
            ? RetrySchedule.waitAfter(due.message().attempts() + 1, attempt.retryAfter())
            : Optional.empty();
    deliveries.settle(
        delivery,
        wait.isPresent() ? DeliveryView.State.PENDING : DeliveryView.State.FAILED,
        now.plus(wait.orElse(Duration.ZERO)));
  }

  private static Attempt result(Future<Attempt> attempt) {
    try {
      return attempt.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while posting a webhook", e);
    } catch (TimeoutException e) {
      return Attempt.unanswered(WebhookPoster.NO_ANSWER);
    } catch (ExecutionException e) {
      log.error("A webhook was not posted", e);
      return Attempt.unanswered("failed: not posted because of an error here");
    }
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isolation.anyToTry(NAME) || deliveries.anyDue(upTo);
  }

  @Override
  public void destroy() {
    executor.shutdownNow();
  }
}
