package io.tollgate.account.accounts;

import io.tollgate.account.access.Sight;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Opens and shows accounts. */
@RestController
@RequestMapping("/v1/accounts")
class AccountController {

  private static final RuleId OPENING = new RuleId("C2.1");

  private final JdbcAccountRepository accounts;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  AccountController(
      JdbcAccountRepository accounts,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.accounts = accounts;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /** An account to be opened; its currency is CNY unless given (T3). */
  record Opening(AccountId account, Optional<CurrencyCode> currency) {
    Opening {
      account = Fields.required("account", account);
    }
  }

  /** An account as it is shown. */
  record View(
      AccountId account,
      CurrencyCode currency,
      Instant openedAt,
      boolean inArrears,
      Optional<Instant> arrearsSince,
      List<ProductId> owedFor,
      String owed,
      String penaltyOwed) {

    static View of(Account account) {
      return new View(
          account.id(),
          account.currency(),
          account.openedAt(),
          account.debtDueAt().isPresent(),
          account.debtDueAt(),
          account.owedFor(),
          account.owed().toPlainString(),
          account.penaltyOwed().toPlainString());
    }
  }

  @PostMapping
  ResponseEntity<View> open(Caller caller, @RequestBody Opening opening) {
    CurrencyCode currency = opening.currency().orElse(CurrencyCode.CNY);
    return transactions.runHttp(
        () -> {
          boolean isNew = openNew(caller, opening.account(), currency);
          Account account = accounts.find(Sight.ALL, opening.account()).orElseThrow();
          if (!account.currency().equals(currency)) {
            throw ProblemException.conflict(
                "account-exists", "the account exists in " + account.currency());
          }
          return new Added<>(View.of(account), isNew).response();
        });
  }

  private boolean openNew(Caller caller, AccountId account, CurrencyCode currency) {
    Instant now = clock.now();
    if (!accounts.insert(account, currency, now)) {
      return false;
    }
    Effects effects = new Effects();
    effects.event(
        "account:" + account + ":opened",
        new AccountEvent.AccountOpened(account, currency, now, OPENING));
    effects.trail(caller.subject(), account, "opened", OPENING.value(), "opened by operator", now);
    writer.write(effects);
    return true;
  }

  @GetMapping
  Page<View> list(
      Caller caller,
      @RequestParam Optional<Boolean> inArrears,
      @RequestParam Optional<Boolean> suspended,
      @RequestParam Optional<String> text,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    var filter = new JdbcAccountRepository.Filter(inArrears, suspended, text);
    return Page.byId(
            limit,
            cursor,
            (after, size) -> accounts.list(Sight.of(caller), filter, after, size),
            Account::id)
        .map(View::of);
  }

  @GetMapping("/{account}")
  View one(Caller caller, @PathVariable AccountId account) {
    return accounts
        .find(Sight.of(caller), account)
        .map(View::of)
        .orElseThrow(() -> ProblemException.notFound("account " + account));
  }
}
