package io.tollgate.notification.email;

import io.tollgate.notification.email.JdbcEmailRepository.Settlement;
import io.tollgate.notification.notice.NoticeMetrics;
import io.tollgate.notification.notice.NoticePolicies;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.sweep.Sweep;
import io.tollgate.support.tracing.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Sends e-mails that are due: claim in a transaction, send outside of any, settle in another.
 *
 * <p>What this instance has claimed and never settled, because it died or lost the database, is
 * released before anything is sent; so is what another has neither settled nor renewed for two
 * minutes. E-mail runs in a lane of its own, so that a slow mail server holds up nothing else.
 */
@Component
@Order(3)
class EmailSweep implements Sweep {

  private static final Logger log = LoggerFactory.getLogger(EmailSweep.class);
  static final String NAME = "email";
  private static final int SLICE = 50;

  /** Far longer than the mail server may take for one e-mail. */
  private static final Duration ABANDONED_AFTER = Duration.ofMinutes(2);

  private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);

  private static final EmailOutcome WITHOUT_CONSENT =
      new EmailOutcome.Suppressed("the account does not consent to marketing (C4.2.2)");

  private final JdbcEmailRepository repository;
  private final SmtpMailer mailer;
  private final Transactions transactions;
  private final BusinessClock clock;
  private final ServiceIdentity identity;
  private final NoticeMetrics metrics;
  private final Policies policies;
  private final Isolation isolation;
  private final Traces traces;

  EmailSweep(
      JdbcEmailRepository repository,
      SmtpMailer mailer,
      Transactions transactions,
      BusinessClock clock,
      ServiceIdentity identity,
      NoticeMetrics metrics,
      Policies policies,
      Isolation isolation,
      Traces traces) {
    this.repository = repository;
    this.mailer = mailer;
    this.transactions = transactions;
    this.clock = clock;
    this.identity = identity;
    this.metrics = metrics;
    this.policies = policies;
    this.isolation = isolation;
    this.traces = traces;
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
    releaseClaims();
    return isolation.runEach(new Sending(upTo));
  }

  /**
   * Sending e-mails, each alone: it is out when it is out. One that fails is let go of again with
   * the next batch, and passed over.
   */
  private final class Sending implements IsolatedWork<EmailDelivery> {
    private final Instant upTo;
    private long renewedNanos = System.nanoTime();

    Sending(Instant upTo) {
      this.upTo = upTo;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<EmailDelivery> due(Selection selection) {
      return transactions.run(() -> repository.claim(identity.instance(), upTo, SLICE, selection));
    }

    @Override
    public Subject subjectOf(EmailDelivery delivery) {
      return Subject.of(delivery.account(), delivery.messageId());
    }

    @Override
    public int apply(List<EmailDelivery> claimed) {
      renewClaims();
      claimed.forEach(EmailSweep.this::send);
      return claimed.size();
    }

    /** A slow mail server does not make the claims of a living instance look abandoned. */
    private void renewClaims() {
      if (System.nanoTime() - renewedNanos > RENEWED_AFTER.toNanos()) {
        transactions.execute(() -> repository.renewClaims(identity.instance()));
        renewedNanos = System.nanoTime();
      }
    }
  }

  private void send(EmailDelivery delivery) {
    traces.continuing(
        "send e-mail", delivery.traceparent().stream().toList(), () -> sendNow(delivery));
  }

  private void sendNow(EmailDelivery delivery) {
    FaultPoint.EMAIL_AFTER_CLAIM.reach();
    EmailOutcome outcome = delivery.permitted() ? mailer.send(delivery) : WITHOUT_CONSENT;
    FaultPoint.EMAIL_AFTER_SEND.reach();
    settle(delivery, outcome);
  }

  /** This thread alone claims for this instance: what it still holds, it never settled. */
  private void releaseClaims() {
    transactions.execute(
        () -> {
          int own = repository.releaseClaims(identity.instance());
          int abandoned = repository.releaseClaimsOlderThan(ABANDONED_AFTER);
          if (own + abandoned > 0) {
            log.warn(
                "{} e-mails are sent again: whether they were delivered is unknown",
                own + abandoned);
          }
        });
  }

  private void settle(EmailDelivery delivery, EmailOutcome outcome) {
    Instant now = clock.now();
    Settlement settlement =
        switch (outcome) {
          case EmailOutcome.Accepted accepted -> Settlement.sent(now);
          case EmailOutcome.Refused refused -> Settlement.failed(now, refused.reason(), false);
          case EmailOutcome.Suppressed suppressed ->
              Settlement.suppressed(now, suppressed.reason());
          case EmailOutcome.TryLater later -> later(delivery, now, later.reason(), false);
          case EmailOutcome.Unknown unknown -> later(delivery, now, unknown.reason(), true);
        };
    boolean kept = transactions.run(() -> repository.settle(delivery, settlement));
    if (!kept) {
      log.warn("An e-mail of notice {} was claimed by another instance", delivery.notice());
      return;
    }
    metrics.mailed(delivery.kind(), mailed(settlement));
    settlement.sentAt().ifPresent(at -> metrics.sent(Duration.between(delivery.inInboxAt(), at)));
    if (settlement.state().equals("FAILED")) {
      log.warn(
          "E-mail of notice {} to account {} failed: {}",
          delivery.notice(),
          delivery.account(),
          settlement.error().orElse(""));
    }
  }

  private Settlement later(EmailDelivery delivery, Instant now, String reason, boolean uncertain) {
    int most = policies.value(NoticePolicies.EMAIL_ATTEMPTS, now).value();
    return delivery.attempts() >= most
        ? Settlement.failed(now, reason, uncertain)
        : Settlement.again(
            now.plus(EmailOutcome.waitAfter(delivery.attempts())), reason, uncertain);
  }

  private static NoticeMetrics.Mailed mailed(Settlement settlement) {
    return switch (settlement.state()) {
      case "SENT" -> NoticeMetrics.Mailed.SENT;
      case "FAILED" -> NoticeMetrics.Mailed.FAILED;
      case "SUPPRESSED" -> NoticeMetrics.Mailed.SUPPRESSED;
      default -> NoticeMetrics.Mailed.RETRIED;
    };
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isolation.anyToTry(NAME) || repository.anyDue(upTo);
  }
}
