package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operators publish notices, follow their delivery and withdraw them. */
@RestController
class NoticeController {

  private final NoticePublisher publisher;
  private final JdbcNoticeRepository repository;
  private final IdempotencyKeys keys;
  private final Transactions transactions;

  NoticeController(
      NoticePublisher publisher,
      JdbcNoticeRepository repository,
      IdempotencyKeys keys,
      Transactions transactions) {
    this.publisher = publisher;
    this.repository = repository;
    this.keys = keys;
    this.transactions = transactions;
  }

  /** A notice and how far its delivery is. */
  record Status(Notice notice, JdbcNoticeRepository.Progress progress) {}

  /** What was published, and to how many. */
  record Published(Notice notice, int recipients) {}

  /** The public part of an announcement. */
  record Announcement(
      NoticeId id,
      NoticeKind kind,
      String rule,
      Optional<String> subject,
      int leadDays,
      Optional<Instant> effectAt,
      Instant publishedAt,
      Texts texts) {

    static Announcement of(Notice notice) {
      return new Announcement(
          notice.id(),
          notice.kind(),
          notice.rule().value(),
          notice.subject(),
          notice.leadDays(),
          notice.effectAt().or(notice::askedEffectAt),
          notice.publishedAt(),
          notice.texts());
    }
  }

  @PostMapping("/v1/notices")
  ResponseEntity<String> publish(
      Caller caller, IdempotentRequest request, @RequestBody PublishRequest notice) {
    return keys.execute(
        caller,
        request,
        notice,
        () ->
            switch (publisher.publish(notice.draft(), caller.subject())) {
              case NoticePublisher.Outcome.Published published ->
                  IdempotencyKeys.Answer.created(
                      new Published(published.notice(), published.recipients()));
              case NoticePublisher.Outcome.Refused refused -> throw problem(refused.verdict());
            });
  }

  private static ProblemException problem(LeadRule.Verdict verdict) {
    return switch (verdict) {
      case LeadRule.Verdict.TooEarly early ->
          new ProblemException(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "lead-too-short",
              "the earliest lawful time is "
                  + early.earliestLawful()
                  + ": "
                  + early.leadDays()
                  + " whole days must lie between delivery and effect",
              Map.of(
                  "earliestLawful", early.earliestLawful(),
                  "leadDays", early.leadDays(),
                  "rule", early.gate().rule().value()));
      case LeadRule.Verdict.Unfit unfit -> ProblemException.invalid(unfit.field(), unfit.reason());
      case LeadRule.Verdict.Lawful lawful ->
          throw new IllegalStateException("a notice that keeps the notice period is published");
    };
  }

  @GetMapping("/v1/notices")
  Page<Notice> list(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return latestFirst(limit, cursor, repository::published);
  }

  @GetMapping("/v1/announcements")
  Page<Announcement> announcements(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return latestFirst(limit, cursor, repository::announced).map(Announcement::of);
  }

  @GetMapping("/v1/notices/{notice}")
  Status one(@PathVariable NoticeId notice) {
    return new Status(find(notice), repository.progress(notice));
  }

  @PostMapping("/v1/notices/{notice}/withdrawal")
  Status withdraw(
      Caller caller, @PathVariable NoticeId notice, @RequestBody ReasonBody withdrawal) {
    return transactions.runHttp(
        () -> {
          if (!publisher.withdraw(find(notice), caller.subject(), withdrawal.reason())) {
            throw ProblemException.conflict(
                "notice-settled", "only a published notice that has not matured can be withdrawn");
          }
          return one(notice);
        });
  }

  private Notice find(NoticeId notice) {
    return repository.find(notice).orElseThrow(() -> ProblemException.notFound("notice " + notice));
  }

  private static Page<Notice> latestFirst(
      Optional<Integer> limit,
      Optional<String> cursor,
      BiFunction<Paging.Before, Integer, List<Notice>> read) {
    return Page.latestFirst(
        limit, cursor, read, notice -> Paging.cursor(notice.publishedAt(), notice.id()));
  }
}
