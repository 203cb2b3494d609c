package io.tollgate.billing.forcemajeure;

import static io.tollgate.model.Instants.later;

import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.Window;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Declares force majeure, and ends it early (C10.1); {@link ForceMajeureSweep} applies it to the
 * accounts. Every method runs inside the request's transaction.
 */
@Component
class Declarations {
  private final JdbcForceMajeure repository;
  private final AuditTrail trail;
  private final BusinessClock clock;

  Declarations(JdbcForceMajeure repository, AuditTrail trail, BusinessClock clock) {
    this.repository = repository;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Declares force majeure.
   *
   * @param accounts the accounts it is for; empty for all
   * @throws ProblemException 400 if an account does not exist
   */
  Declaration declare(String id, Window time, List<AccountId> accounts, String reason, String who) {
    List<AccountId> unknown = repository.unknown(accounts);
    if (!unknown.isEmpty()) {
      throw ProblemException.invalid("accounts", "names accounts that do not exist: " + unknown);
    }
    Declaration declared =
        new Declaration(
            id,
            time.start(),
            time.end(),
            accounts.isEmpty(),
            accounts,
            reason,
            who,
            clock.now(),
            Optional.empty(),
            Optional.empty(),
            false);
    repository.insert(declared);
    record(declared, who, "declared from %s to %s".formatted(time.start(), time.end()), reason);
    return declared;
  }

  /**
   * Ends one now: what lies before stays excused. One that has not begun is withdrawn.
   *
   * @throws ProblemException 404 if there is none, 409 if it is over
   */
  Declaration end(String id, String reason, String who) {
    Instant now = clock.now();
    var unusedLock = repository.lock(id);
    Declaration declared = find(id);
    if (declared.isWithdrawn() || !now.isBefore(declared.to())) {
      throw ProblemException.conflict(
          "force-majeure-over",
          "it ended at %s; the business clock is at %s".formatted(declared.to(), now));
    }
    Instant to = later(now, declared.from());
    repository.end(id, to, who, now);
    record(declared, who, "ended at %s instead of %s".formatted(to, declared.to()), reason);
    return find(id);
  }

  /**
   * A declaration.
   *
   * @throws ProblemException 404 if there is none
   */
  Declaration find(String id) {
    return repository.find(id).orElseThrow(() -> ProblemException.notFound("force majeure " + id));
  }

  /** On the trail of every account it names; of one for all, on the trail of none. */
  private void record(Declaration declared, String who, String what, String reason) {
    List<Optional<AccountId>> concerned =
        declared.allAccounts()
            ? List.of(Optional.empty())
            : declared.accounts().stream().map(Optional::of).toList();
    for (Optional<AccountId> account : concerned) {
      trail.record(
          new AuditEntry(
              who,
              account,
              "force-majeure",
              declared.declaration(),
              what,
              Rules.FORCE_MAJEURE.value(),
              reason));
    }
  }
}
