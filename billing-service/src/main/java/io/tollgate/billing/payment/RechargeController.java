package io.tollgate.billing.payment;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Hashes;
import io.tollgate.model.RechargeId;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.store.idempotency.IdempotencyKeys.Answer;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.Amounts;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import io.tollgate.support.web.ReasonText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recharges over HTTP (C2.2). */
@RestController
class RechargeController {
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Recharges recharges;
  private final Remittances remittances;
  private final JdbcRecharges repository;
  private final IdempotencyKeys keys;
  private final BusinessClock clock;

  RechargeController(
      Recharges recharges,
      Remittances remittances,
      JdbcRecharges repository,
      IdempotencyKeys keys,
      BusinessClock clock) {
    this.recharges = recharges;
    this.remittances = remittances;
    this.repository = repository;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * A recharge as a channel's gateway or an operator reports it.
   *
   * @param channel how the money comes
   * @param transaction the channel's number of it
   * @param amount a decimal text with at most 6 fraction digits, above 0
   * @param currency the account's currency, CNY by default
   * @param paidAt when it was paid, now by default, never in the future
   * @param payee whom a remittance names
   */
  record NewRecharge(
      Channel channel,
      String transaction,
      String amount,
      Optional<CurrencyCode> currency,
      Optional<Instant> paidAt,
      Optional<String> payee) {
    NewRecharge {
      channel = Fields.required("channel", channel);
    }
  }

  /**
   * A remittance as the bank reports it: who pays follows from the payee account.
   *
   * @param transaction the bank's number of it
   * @param amount a decimal text with at most 6 fraction digits, above 0
   * @param currency CNY by default
   * @param paidAt when it was paid, now by default, never in the future
   * @param payee the payee account that it names
   */
  record NewRemittance(
      String transaction,
      String amount,
      Optional<CurrencyCode> currency,
      Optional<Instant> paidAt,
      String payee) {}

  /**
   * Whose an unmatched remittance is.
   *
   * @param account the account of the customer who paid
   * @param reason how that is known, for the audit trail
   */
  record Assignment(AccountId account, String reason) {
    Assignment {
      account = Fields.required("account", account);
    }
  }

  /**
   * An operator's confirmation of a remittance.
   *
   * @param valueTime the bank's value date; the payment time by default
   */
  record Confirmation(Optional<Instant> valueTime) {}

  /**
   * What the channel says when it takes money back.
   *
   * @param reversal the channel's own number of the reversal
   */
  record ReversalBody(String reversal) {}

  @PostMapping("/v1/accounts/{account}/recharges")
  ResponseEntity<String> recharge(
      @PathVariable AccountId account,
      IdempotentRequest request,
      @RequestBody NewRecharge body,
      Caller caller) {
    ReportedRecharge reported = read(Optional.of(account), body);
    return keys.execute(
        caller, request, body, () -> answer(recharges.take(account, reported, caller.subject())));
  }

  @PostMapping("/v1/remittances")
  ResponseEntity<String> remit(
      IdempotentRequest request, @RequestBody NewRemittance body, Caller caller) {
    ReportedRecharge reported =
        read(
            Optional.empty(),
            new NewRecharge(
                Channel.REMITTANCE,
                body.transaction(),
                body.amount(),
                body.currency(),
                body.paidAt(),
                Optional.of(Fields.key("payee", body.payee()))));
    return keys.execute(
        caller, request, body, () -> answer(recharges.remit(reported, caller.subject())));
  }

  /** 201: its transaction is new; 200: it came before, and this is what became of it. */
  private static Answer answer(Added<Recharge> added) {
    return added.isNew() ? Answer.created(added.value()) : Answer.ok(added.value());
  }

  private ReportedRecharge read(Optional<AccountId> account, NewRecharge body) {
    String transaction = Fields.key("transaction", body.transaction());
    return new ReportedRecharge(
        idOf(body.channel(), transaction),
        account,
        body.channel(),
        transaction,
        Amounts.above0("amount", body.amount(), body.currency().orElse(CurrencyCode.CNY)),
        body.paidAt().map(this::notInTheFuture),
        body.payee().map(name -> Fields.key("payee", name)));
  }

  /** A time as the database keeps it, so that the same request says the same again. */
  private Instant notInTheFuture(Instant paidAt) {
    Instant now = clock.now();
    if (paidAt.isAfter(now.plus(SKEW))) {
      throw ProblemException.invalid(
          "paidAt", paidAt + " is in the future: the clock is at " + now);
    }
    return paidAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** The id of a recharge: a transaction of a channel is one recharge (C2.2). */
  static RechargeId idOf(Channel channel, String transaction) {
    return RechargeId.of(Hashes.named("rch-", channel.name() + "\n" + transaction));
  }

  @GetMapping("/v1/accounts/{account}/recharges")
  Page<Recharge> list(
      @PathVariable AccountId account,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    return Page.latestFirst(
        limit,
        cursor,
        (before, size) -> repository.of(account, before, size),
        last -> Paging.cursor(last.paidAt(), last.recharge()));
  }

  @GetMapping("/v1/recharges")
  Page<Recharge> waiting(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return Page.byId(limit, cursor, repository::waiting, Recharge::recharge);
  }

  @PostMapping("/v1/recharges/{recharge}/confirmation")
  ResponseEntity<String> confirm(
      @PathVariable RechargeId recharge,
      IdempotentRequest request,
      @RequestBody Confirmation body,
      Caller caller) {
    Instant now = clock.now();
    body.valueTime()
        .filter(time -> time.isAfter(now))
        .ifPresent(
            time -> {
              throw ProblemException.invalid(
                  "valueTime", time + " is in the future: the clock is at " + now);
            });
    Optional<Instant> valueTime = body.valueTime().map(time -> time.truncatedTo(ChronoUnit.MICROS));
    return keys.decide(caller, request, body, who -> remittances.confirm(recharge, valueTime, who));
  }

  @PostMapping("/v1/recharges/{recharge}/assignment")
  ResponseEntity<String> assign(
      @PathVariable RechargeId recharge,
      IdempotentRequest request,
      @RequestBody Assignment body,
      Caller caller) {
    String reason = ReasonText.required(body.reason());
    return keys.decide(
        caller, request, body, who -> remittances.assign(recharge, body.account(), reason, who));
  }

  @PostMapping("/v1/recharges/{recharge}/rejection")
  ResponseEntity<String> reject(
      @PathVariable RechargeId recharge,
      IdempotentRequest request,
      @RequestBody ReasonBody body,
      Caller caller) {
    return keys.decide(
        caller, request, body, who -> remittances.reject(recharge, body.reason(), who));
  }

  @PostMapping("/v1/recharges/{recharge}/reversal")
  ResponseEntity<String> reverse(
      @PathVariable RechargeId recharge,
      IdempotentRequest request,
      @RequestBody ReversalBody body,
      Caller caller) {
    String number = Fields.key("reversal", body.reversal());
    return keys.decide(caller, request, body, who -> recharges.reverse(recharge, number, who));
  }
}
