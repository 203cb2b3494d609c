package io.tollgate.billing.forcemajeure;

import io.tollgate.model.AccountId;
import io.tollgate.model.Window;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.store.idempotency.IdempotencyKeys.Answer;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import io.tollgate.support.web.ReasonText;
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

/** Force majeure over HTTP: it excuses customers from penalties and grace (C10.1). */
@RestController
@RequestMapping("/v1/force-majeure")
class ForceMajeureController {
  private static final int MAX_ACCOUNTS = 1_000;

  private final Declarations declarations;
  private final JdbcForceMajeure repository;
  private final IdempotencyKeys keys;

  ForceMajeureController(
      Declarations declarations, JdbcForceMajeure repository, IdempotencyKeys keys) {
    this.declarations = declarations;
    this.repository = repository;
    this.keys = keys;
  }

  /**
   * A declaration to be made.
   *
   * @param from when it begins, past or ahead
   * @param to when it ends, exclusive
   * @param allAccounts whether it is for every account
   * @param accounts for which, when it is not for all
   * @param reason why
   */
  record NewDeclaration(
      Instant from,
      Instant to,
      Optional<Boolean> allAccounts,
      Optional<List<AccountId>> accounts,
      String reason) {
    NewDeclaration {
      from = Fields.required("from", from);
      to = Fields.required("to", to);
      reason = ReasonText.required(reason);
      if (!from.isBefore(to)) {
        throw ProblemException.invalid(
            "to", "is %s; it must be after from, %s".formatted(to, from));
      }
      List<AccountId> named = accounts.orElse(List.of());
      Fields.noneMissing("accounts", named);
      if (allAccounts.orElse(false) != named.isEmpty()) {
        throw ProblemException.invalid(
            "accounts",
            "must name the accounts, unless allAccounts is true; then it must be absent");
      }
      if (named.stream().distinct().count() > MAX_ACCOUNTS) {
        throw ProblemException.invalid(
            "accounts",
            "names %d accounts; at most %d are allowed".formatted(named.size(), MAX_ACCOUNTS));
      }
    }

    Window time() {
      return new Window(from, to);
    }

    /** The accounts it names, each once; none if it is for all. */
    List<AccountId> named() {
      return accounts.orElse(List.of()).stream().distinct().toList();
    }
  }

  @PostMapping
  ResponseEntity<String> declare(
      IdempotentRequest request, @RequestBody NewDeclaration body, Caller caller) {
    return keys.execute(
        caller,
        request,
        body,
        () ->
            Answer.created(
                declarations.declare(
                    IdempotencyKeys.idOf("fm-", caller, request),
                    body.time(),
                    body.named(),
                    body.reason(),
                    caller.subject())));
  }

  @PostMapping("/{declaration}/end")
  ResponseEntity<String> end(
      @PathVariable String declaration,
      IdempotentRequest request,
      @RequestBody ReasonBody body,
      Caller caller) {
    return keys.decide(
        caller, request, body, who -> declarations.end(declaration, body.reason(), who));
  }

  @GetMapping
  Page<Declaration> list(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return Page.latestFirst(
        limit,
        cursor,
        repository::list,
        last -> Paging.cursor(last.declaredAt(), last.declaration()));
  }

  @GetMapping("/{declaration}")
  Declaration find(@PathVariable String declaration) {
    return declarations.find(declaration);
  }
}
