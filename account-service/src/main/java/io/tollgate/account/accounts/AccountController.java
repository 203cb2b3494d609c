package io.tollgate.account.accounts;

import io.tollgate.account.access.Sight;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.ProductId;
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

  private final Accounts accounts;
  private final JdbcAccountRepository repository;

  AccountController(Accounts accounts, JdbcAccountRepository repository) {
    this.accounts = accounts;
    this.repository = repository;
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
    return accounts.open(opening.account(), currency, caller.subject()).map(View::of).response();
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
            (after, size) -> repository.list(Sight.of(caller), filter, after, size),
            Account::id)
        .map(View::of);
  }

  @GetMapping("/{account}")
  View one(Caller caller, @PathVariable AccountId account) {
    return repository
        .find(Sight.of(caller), account)
        .map(View::of)
        .orElseThrow(() -> ProblemException.notFound("account " + account));
  }
}
