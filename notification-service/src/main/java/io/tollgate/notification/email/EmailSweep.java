package io.tollgate.notification.email;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Sends e-mails that are due: claim in a transaction, send outside of any, settle in another.
 *
 * <p>What was claimed when this instance died is released at its start, before anything is sent.
 * E-mail runs in a lane of its own, so that a slow mail server holds up nothing else.
 */
@Component
@Order(3)
class EmailSweep implements Sweep {

  private static final Logger log = LoggerFactory.getLogger(EmailSweep.class);
  private static final int SLICE = 50;
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final JdbcEmailRepository repository;
  private final SmtpMailer mailer;
  private final Transactions transactions;
  private final BusinessClock clock;
  private final ServiceIdentity identity;
  private final MeterRegistry meters;
  private final AtomicBoolean released = new AtomicBoolean();

  EmailSweep(
      JdbcEmailRepository repository,
      SmtpMailer mailer,
      Transactions transactions,
      BusinessClock clock,
      ServiceIdentity identity,
      MeterRegistry meters) {
    this.repository = repository;
    this.mailer = mailer;
    this.transactions = transactions;
    this.clock = clock;
    this.identity = identity;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String lane() {
    return "email";
  }

  @Override
  public int runBatch(Instant upTo) {
    releaseClaims(upTo);
    List<EmailDelivery> claimed =
        transactions.run(() -> repository.claim(identity.instance(), upTo, SLICE));
    FaultPoint.reach("email.after-claim");
    for (EmailDelivery delivery : claimed) {
      EmailOutcome outcome = mailer.send(delivery);
      FaultPoint.reach("email.after-send");
      transactions.execute(() -> settle(delivery, outcome));
    }
    return claimed.size();
  }

  private void releaseClaims(Instant upTo) {
    transactions.execute(
        () -> {
          int own = released.get() ? 0 : repository.releaseClaims(identity.instance());
          int abandoned = repository.releaseClaimsBefore(upTo.minus(ABANDONED_AFTER));
          if (own + abandoned > 0) {
            log.warn(
                "{} e-mails are sent again: whether they got through is unknown", own + abandoned);
          }
        });
    released.set(true);
  }

  private void settle(EmailDelivery delivery, EmailOutcome outcome) {
    Instant now = clock.now();
    switch (outcome) {
      case EmailOutcome.Accepted accepted -> {
        repository.sent(delivery, now);
        count("sent");
      }
      case EmailOutcome.Refused refused -> fail(delivery, now, refused.reason());
      case EmailOutcome.TryLater later -> {
        if (delivery.attempts() >= EmailOutcome.MAX_ATTEMPTS) {
          fail(delivery, now, later.reason());
        } else {
          repository.retryAt(
              delivery, now.plus(EmailOutcome.waitAfter(delivery.attempts())), later.reason());
          count("retried");
        }
      }
    }
  }

  private void fail(EmailDelivery delivery, Instant now, String reason) {
    repository.failed(delivery, now, reason);
    count("failed");
    log.warn(
        "E-mail of notice {} to account {} failed: {}",
        delivery.notice(),
        delivery.account(),
        reason);
  }

  private void count(String outcome) {
    meters.counter("tollgate.notices", "channel", "email", "outcome", outcome).increment();
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return repository.anyDue(upTo);
  }
}
