package io.tollgate.notification.notice;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.NoticeId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.tracing.Traces;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Publishes operators' notices: judged by their lead, recipients fixed at once, delivered by a
 * sweep.
 *
 * <p>Inside the caller's transaction.
 */
@Component
class NoticePublisher {

  private final JdbcNoticeRepository repository;
  private final JdbcRecipientRepository recipients;
  private final MarketingConsents consents;
  private final NoticeAnnouncer announcer;
  private final Policies policies;
  private final BusinessClock clock;
  private final BillingCalendar calendar;
  private final AuditTrail trail;
  private final NoticeMetrics metrics;
  private final Traces traces;

  NoticePublisher(
      JdbcNoticeRepository repository,
      JdbcRecipientRepository recipients,
      MarketingConsents consents,
      NoticeAnnouncer announcer,
      Policies policies,
      BusinessClock clock,
      BillingCalendar calendar,
      AuditTrail trail,
      NoticeMetrics metrics,
      Traces traces) {
    this.repository = repository;
    this.recipients = recipients;
    this.consents = consents;
    this.announcer = announcer;
    this.policies = policies;
    this.clock = clock;
    this.calendar = calendar;
    this.trail = trail;
    this.metrics = metrics;
    this.traces = traces;
  }

  /** The outcome of a request to publish. */
  sealed interface Outcome {
    /** It is published. */
    record Published(Notice notice, int recipients) implements Outcome {}

    /** It is not, and why. */
    record Refused(LeadRule.Verdict verdict) implements Outcome {}
  }

  Outcome publish(NoticeDraft draft, String author) {
    Instant now = clock.now();
    int leadDays =
        draft
            .kind()
            .gate()
            .map(gate -> policies.value(NoticePolicies.lead(gate), now).value())
            .orElse(0);
    Optional<LeadRule.Verdict.Unfit> unknown = unknown(draft);
    if (unknown.isPresent()) {
      return new Outcome.Refused(unknown.get());
    }
    return switch (LeadRule.judge(draft, leadDays, now, calendar)) {
      case LeadRule.Verdict.Lawful lawful -> store(draft, lawful.leadDays(), now, author);
      case LeadRule.Verdict.TooEarly early -> new Outcome.Refused(early);
      case LeadRule.Verdict.Unfit unfit -> new Outcome.Refused(unfit);
    };
  }

  /** What the action or the audience names and nobody knows. */
  private Optional<LeadRule.Verdict.Unfit> unknown(NoticeDraft draft) {
    return draft
        .action()
        .map(Audience::of)
        .flatMap(recipients::unknown)
        .map(reason -> new LeadRule.Verdict.Unfit("action", reason))
        .or(
            () ->
                recipients
                    .unknown(draft.audience())
                    .map(reason -> new LeadRule.Verdict.Unfit("audience", reason)));
  }

  private Outcome store(NoticeDraft draft, int leadDays, Instant now, String author) {
    NoticeId id = NoticeId.of("n-" + UUID.randomUUID());
    NewNotice notice =
        new NewNotice(
            id,
            Optional.empty(),
            draft.kind().rule(),
            leadDays,
            Optional.empty(),
            traces.current(),
            now,
            author,
            draft);
    repository.insert(notice);
    recipients.holdOpenings();
    int told = fixRecipients(id, draft);
    boolean announced = draft.announced() || (told == 0 && draft.kind().gate().isPresent());
    if (announced) {
      repository.announce(notice);
    }
    draft
        .kind()
        .gate()
        .ifPresent(
            gate ->
                announcer.announce(
                    new NoticeEvent.NoticePublished(
                        id,
                        draft.action().orElseThrow(),
                        leadDays,
                        draft.effectAt().orElseThrow(),
                        now,
                        gate.rule())));
    record(
        id,
        author,
        "published: %s to %d accounts%s"
            .formatted(
                draft.action().map(GateAction::description).orElse(draft.kind().name()),
                told,
                announced ? " and to the public" : ""),
        draft);
    if (announced) {
      metrics.announced(draft.kind());
    }
    return new Outcome.Published(repository.find(id).orElseThrow(), told);
  }

  /** Marketing goes only to those of the audience who consent to it. */
  private int fixRecipients(NoticeId id, NoticeDraft draft) {
    int fixed = recipients.fixRecipients(id, draft.audience());
    return draft.kind().needsConsent()
        ? fixed - consents.dropRecipientsWithout(Optional.of(id))
        : fixed;
  }

  /**
   * Takes a notice back; its gate stays shut for good. False when it matured or was taken back
   * before.
   */
  boolean withdraw(Notice notice, String author, String reason) {
    Instant now = clock.now();
    boolean withdrawn = repository.withdraw(notice.id(), now);
    if (withdrawn && notice.gate().isPresent()) {
      announcer.announce(new NoticeEvent.NoticeWithdrawn(notice.id(), now, notice.rule()));
    }
    if (withdrawn) {
      trail.record(
          new AuditEntry(
              author,
              Optional.empty(),
              "notice",
              notice.id().value(),
              "withdrawn",
              notice.rule().value(),
              reason));
    }
    return withdrawn;
  }

  private void record(NoticeId id, String author, String what, NoticeDraft draft) {
    trail.record(
        new AuditEntry(
            author,
            Optional.empty(),
            "notice",
            id.value(),
            what,
            draft.kind().rule().value(),
            draft.texts().en().title()));
  }
}
