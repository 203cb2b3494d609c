package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.store.idempotency.IdempotencyKeys.Answer;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import io.tollgate.support.web.ReasonText;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Grant;
import io.tollgate.support.web.security.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Declares force majeure, which excuses customers from penalties and grace (C10.1). */
@RestController
public final class ForceMajeureController {
  private static final String ALL = "/v1/force-majeure";
  private static final String ONE = ALL + "/{declaration}";
  private static final int MAX_ACCOUNTS = 1_000;

  private final JdbcForceMajeure repository;
  private final IdempotencyKeys keys;
  private final AuditTrail trail;
  private final BusinessClock clock;

  ForceMajeureController(
      JdbcForceMajeure repository, IdempotencyKeys keys, AuditTrail trail, BusinessClock clock) {
    this.repository = repository;
    this.keys = keys;
    this.trail = trail;
    this.clock = clock;
  }

  /** Who may use its routes. */
  public static void addRules(AccessRules rules) {
    rules
        .post(ALL, Grant.operator(Scopes.ADJUST))
        .get(ALL, Grant.operator())
        .get(ONE, Grant.operator())
        .post(ONE + "/end", Grant.operator(Scopes.ADJUST));
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
      @Nullable Instant from,
      @Nullable Instant to,
      Optional<Boolean> allAccounts,
      Optional<List<AccountId>> accounts,
      @Nullable String reason) {}

  @PostMapping(ALL)
  ResponseEntity<String> declare(
      IdempotentRequest request, @RequestBody NewDeclaration body, Caller caller) {
    return keys.execute(
        caller,
        request,
        body,
        () -> Answer.created(declare(body, IdempotencyKeys.idOf("fm-", caller, request), caller)));
  }

  private Declaration declare(NewDeclaration body, String id, Caller caller) {
    Instant from = needed("from", body.from());
    Instant to = needed("to", body.to());
    if (!from.isBefore(to)) {
      throw ProblemException.invalid("to", "is %s; it must be after from, %s".formatted(to, from));
    }
    Declaration declared =
        new Declaration(
            id,
            from,
            to,
            body.allAccounts().orElse(false),
            accounts(body),
            ReasonText.required(body.reason()),
            caller.subject(),
            clock.now(),
            Optional.empty(),
            Optional.empty(),
            false);
    repository.insert(declared);
    record(declared, caller, "declared from %s to %s".formatted(from, to), declared.reason());
    return declared;
  }

  private List<AccountId> accounts(NewDeclaration body) {
    List<AccountId> accounts = body.accounts().orElse(List.of()).stream().distinct().toList();
    if (body.allAccounts().orElse(false) != accounts.isEmpty()) {
      throw ProblemException.invalid(
          "accounts", "must name the accounts, unless allAccounts is true; then it must be absent");
    }
    if (accounts.size() > MAX_ACCOUNTS) {
      throw ProblemException.invalid(
          "accounts",
          "names %d accounts; at most %d are allowed".formatted(accounts.size(), MAX_ACCOUNTS));
    }
    List<AccountId> unknown = repository.unknown(accounts);
    if (!unknown.isEmpty()) {
      throw ProblemException.invalid("accounts", "names accounts that do not exist: " + unknown);
    }
    return accounts;
  }

  /** Ends one early: what lies before stays excused; one that has not begun is withdrawn. */
  @PostMapping(ONE + "/end")
  ResponseEntity<String> end(
      @PathVariable String declaration,
      IdempotentRequest request,
      @RequestBody ReasonBody body,
      Caller caller) {
    return keys.execute(
        caller, request, body, () -> Answer.ok(end(declaration, body.reason(), caller)));
  }

  private Declaration end(String id, String reason, Caller caller) {
    Instant now = clock.now();
    var unusedLock = repository.lock(id);
    Declaration declared = find(id);
    if (declared.isWithdrawn() || !now.isBefore(declared.to())) {
      throw ProblemException.conflict(
          "force-majeure-over",
          "it ended at %s; the business clock is at %s".formatted(declared.to(), now));
    }
    Instant to = now.isAfter(declared.from()) ? now : declared.from();
    repository.end(id, to, caller.subject(), now);
    record(declared, caller, "ended at %s instead of %s".formatted(to, declared.to()), reason);
    return find(id);
  }

  @GetMapping(ALL)
  Page<Declaration> list(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return Page.latestFirst(
        limit,
        cursor,
        repository::list,
        last -> Paging.cursor(last.declaredAt(), last.declaration()));
  }

  @GetMapping(ONE)
  Declaration find(@PathVariable String declaration) {
    return repository
        .find(declaration)
        .orElseThrow(() -> ProblemException.notFound("force majeure " + declaration));
  }

  private static Instant needed(String field, @Nullable Instant value) {
    if (value == null) {
      throw ProblemException.invalid(field, "is missing; give an RFC 3339 time");
    }
    return value;
  }

  /** On the trail of every account it names; of one for all, on the trail of none. */
  private void record(Declaration declared, Caller caller, String what, String reason) {
    List<Optional<AccountId>> concerned =
        declared.allAccounts()
            ? List.of(Optional.empty())
            : declared.accounts().stream().map(Optional::of).toList();
    for (Optional<AccountId> account : concerned) {
      trail.record(
          AuditEntry.of(
              caller.subject(),
              account,
              "force-majeure",
              declared.declaration(),
              what,
              Rules.FORCE_MAJEURE.value(),
              reason));
    }
  }
}
