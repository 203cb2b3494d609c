package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.notification.notice.Language;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An account's inbox. Every query is bound to the credential's account where it has one, whatever
 * the path says (C4.2).
 */
@RestController
@RequestMapping("/v1/accounts/{account}/messages")
class MessageController {

  private final JdbcInboxRepository repository;
  private final Transactions transactions;
  private final AuditTrail trail;
  private final BusinessClock clock;

  MessageController(
      JdbcInboxRepository repository,
      Transactions transactions,
      AuditTrail trail,
      BusinessClock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.trail = trail;
    this.clock = clock;
  }

  /** How many messages were not read. */
  record Unread(long unread) {}

  /** An answer to a notice. */
  record AnswerRequest(Answer answer) {
    AnswerRequest {
      if (answer == null) {
        throw new IllegalArgumentException("an answer must be ACCEPT or REJECT");
      }
    }
  }

  @GetMapping
  Page<MessageView> list(
      Caller caller,
      @PathVariable AccountId account,
      @RequestParam(defaultValue = "false") boolean unread,
      @RequestParam Optional<String> language,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    AccountId own = own(caller, account);
    Language shown = language(own, language);
    return Page.byNumber(
            limit,
            cursor,
            Long.MAX_VALUE,
            (below, size) -> repository.messages(own, below, size, unread),
            Message::number)
        .map(message -> MessageView.of(message, shown));
  }

  @GetMapping("/unread-count")
  Unread unread(Caller caller, @PathVariable AccountId account) {
    return new Unread(repository.unread(own(caller, account)));
  }

  @PostMapping("/{message}/read")
  MessageView read(
      Caller caller,
      @PathVariable AccountId account,
      @PathVariable long message,
      @RequestParam Optional<String> language) {
    AccountId own = own(caller, account);
    return transactions.runHttp(
        () -> {
          find(own, message);
          repository.markRead(own, message, clock.now());
          return MessageView.of(find(own, message), language(own, language));
        });
  }

  @PostMapping("/{message}/answer")
  MessageView answer(
      Caller caller,
      @PathVariable AccountId account,
      @PathVariable long message,
      @RequestParam Optional<String> language,
      @RequestBody AnswerRequest request) {
    AccountId own = own(caller, account);
    return transactions.runHttp(
        () -> {
          repository.lock(List.of(own));
          Message found = find(own, message);
          Instant now = clock.now();
          AnswerRule.judge(found, request.answer(), now)
              .ifPresent(
                  refusal -> {
                    throw ProblemException.conflict(refusal.slug(), refusal.reason());
                  });
          if (found.answer().isEmpty()) {
            repository.answer(own, message, request.answer(), now);
            trail.record(
                new AuditEntry(
                    caller.subject(),
                    Optional.of(own),
                    "notice",
                    found.notice().value(),
                    "answered: " + request.answer(),
                    found.rule().value(),
                    "answer to " + found.kind()));
          }
          return MessageView.of(find(own, message), language(own, language));
        });
  }

  private Message find(AccountId account, long number) {
    return repository
        .message(account, number)
        .orElseThrow(() -> ProblemException.notFound("message " + number));
  }

  private Language language(AccountId account, Optional<String> asked) {
    return ShownLanguage.asked(asked)
        .orElseGet(() -> ShownLanguage.ofContact(repository.language(account)));
  }

  private static AccountId own(Caller caller, AccountId account) {
    return caller.boundTo().orElse(account);
  }
}
