package io.tollgate.billing.concession;

import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.AgreementRules;
import io.tollgate.model.RuleId;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.store.idempotency.IdempotencyKeys.Answer;
import io.tollgate.support.web.Amounts;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ReasonBody;
import io.tollgate.support.web.ReasonText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Adjustments over HTTP: entered by one operator, decided by another. */
@RestController
class AdjustmentController {
  private static final String OF_ACCOUNT = "/v1/accounts/{account}/adjustments";
  private static final String ONE = OF_ACCOUNT + "/{adjustment}";

  private final Adjustments adjustments;
  private final JdbcAdjustments repository;
  private final IdempotencyKeys keys;

  AdjustmentController(Adjustments adjustments, JdbcAdjustments repository, IdempotencyKeys keys) {
    this.adjustments = adjustments;
    this.repository = repository;
    this.keys = keys;
  }

  /**
   * Money for an account.
   *
   * @param amount a decimal text with at most 6 fraction digits, above 0, in the account's currency
   * @param rule the contract rule that allows it
   * @param reason why
   */
  record NewAdjustment(@Nullable String amount, @Nullable RuleId rule, @Nullable String reason) {
    NewAdjustment {
      rule = rule == null ? null : AgreementRules.known(rule);
    }
  }

  @PostMapping(OF_ACCOUNT)
  ResponseEntity<String> enter(
      @PathVariable AccountId account,
      IdempotentRequest request,
      @RequestBody NewAdjustment body,
      Caller caller) {
    String reason = ReasonText.required(body.reason());
    RuleId rule = Fields.required("rule", body.rule());
    return keys.execute(
        caller,
        request,
        body,
        () -> {
          OpenAccount open = adjustments.open(account);
          return answer(
              adjustments.credit(
                  open,
                  idOf(caller, request),
                  Amounts.above0("amount", body.amount(), open.currency()),
                  rule,
                  reason,
                  caller.subject()));
        });
  }

  @PostMapping(ONE + "/reversal")
  ResponseEntity<String> takeBack(
      @PathVariable AccountId account,
      @PathVariable AdjustmentId adjustment,
      IdempotentRequest request,
      @RequestBody ReasonBody body,
      Caller caller) {
    return keys.execute(
        caller,
        request,
        body,
        () ->
            answer(
                adjustments.takeBack(
                    adjustments.open(account),
                    idOf(caller, request),
                    adjustment,
                    body.reason(),
                    caller.subject())));
  }

  @PostMapping(ONE + "/approval")
  ResponseEntity<String> approve(
      @PathVariable AccountId account,
      @PathVariable AdjustmentId adjustment,
      IdempotentRequest request,
      Caller caller) {
    return keys.decide(caller, request, "", who -> adjustments.approve(account, adjustment, who));
  }

  @PostMapping(ONE + "/rejection")
  ResponseEntity<String> reject(
      @PathVariable AccountId account,
      @PathVariable AdjustmentId adjustment,
      IdempotentRequest request,
      @RequestBody ReasonBody body,
      Caller caller) {
    return keys.decide(
        caller, request, body, who -> adjustments.reject(account, adjustment, body.reason(), who));
  }

  @GetMapping(OF_ACCOUNT)
  Page<Adjustment> list(
      @PathVariable AccountId account,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    return Page.latestFirst(
        limit,
        cursor,
        (before, size) -> repository.of(account, before, size),
        last -> Paging.cursor(last.requestedAt(), last.adjustment()));
  }

  @GetMapping("/v1/adjustments")
  Page<Adjustment> waiting(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    int size = Paging.limit(limit);
    List<String> after = cursor.map(c -> Paging.key(c, 2)).orElse(List.of("", ""));
    return Page.of(
        repository.waiting(after.getFirst(), after.getLast(), size + 1),
        size,
        last -> Paging.cursor(last.account(), last.adjustment()));
  }

  /** 201: the money has moved; 202: it waits for a second person. */
  private static Answer answer(Adjustment entered) {
    return entered.state() == DocumentState.PENDING
        ? new Answer(HttpStatus.ACCEPTED, entered)
        : Answer.created(entered);
  }

  /** The same request is the same adjustment. */
  private static AdjustmentId idOf(Caller caller, IdempotentRequest request) {
    return AdjustmentId.of(IdempotencyKeys.idOf("adj-", caller, request));
  }
}
