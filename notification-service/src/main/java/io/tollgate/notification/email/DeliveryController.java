package io.tollgate.notification.email;

import io.tollgate.model.AccountId;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For operators: e-mails that failed, and another try. */
@RestController
@RequestMapping("/v1/deliveries")
class DeliveryController {

  private final JdbcEmailRepository repository;
  private final Transactions transactions;
  private final AuditTrail trail;
  private final BusinessClock clock;

  DeliveryController(
      JdbcEmailRepository repository,
      Transactions transactions,
      AuditTrail trail,
      BusinessClock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.trail = trail;
    this.clock = clock;
  }

  @GetMapping
  Page<DeliveryView> list(
      @RequestParam(defaultValue = "FAILED") DeliveryOutcome outcome,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    return Page.byId(
        limit,
        cursor,
        (after, size) -> repository.deliveries(outcome, after, size),
        DeliveryView::delivery);
  }

  @PostMapping("/{delivery}/retry")
  DeliveryView retry(Caller caller, @PathVariable String delivery) {
    return transactions.runHttp(
        () -> {
          DeliveryView found = find(delivery);
          if (!repository.retry(delivery, clock.now())) {
            throw ProblemException.conflict(
                "delivery-not-failed",
                "only a failed e-mail can be retried; this one is " + found.state());
          }
          trail.record(
              new AuditEntry(
                  caller.subject(),
                  Optional.of(AccountId.of(found.account())),
                  "e-mail",
                  delivery,
                  "tried anew",
                  "C3.1.2",
                  "requested by an operator"));
          return find(delivery);
        });
  }

  private DeliveryView find(String delivery) {
    return repository
        .lock(delivery)
        .orElseThrow(() -> ProblemException.notFound("e-mail " + delivery));
  }
}
