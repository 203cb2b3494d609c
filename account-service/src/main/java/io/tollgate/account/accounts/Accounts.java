package io.tollgate.account.accounts;

import io.tollgate.account.access.Sight;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Opens accounts. */
@Component
class Accounts {

  private static final RuleId OPENING = new RuleId("C2.1");

  private final JdbcAccountRepository repository;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  Accounts(
      JdbcAccountRepository repository,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Opens an account.
   *
   * @throws ProblemException 409 if it exists in another currency
   */
  Added<Account> open(AccountId id, CurrencyCode currency, String who) {
    return transactions.runHttp(
        () -> {
          boolean isNew = openNew(id, currency, who);
          Account account = repository.find(Sight.ALL, id).orElseThrow();
          if (!account.currency().equals(currency)) {
            throw ProblemException.conflict(
                "account-exists", "the account exists in " + account.currency());
          }
          return new Added<>(account, isNew);
        });
  }

  private boolean openNew(AccountId account, CurrencyCode currency, String who) {
    Instant now = clock.now();
    if (!repository.insert(account, currency, now)) {
      return false;
    }
    Effects effects = new Effects();
    effects.event(
        "account:" + account + ":opened",
        new AccountEvent.AccountOpened(account, currency, now, OPENING));
    effects.trail(who, account, "opened", OPENING.value(), "opened by operator", now);
    writer.write(effects);
    return true;
  }
}
