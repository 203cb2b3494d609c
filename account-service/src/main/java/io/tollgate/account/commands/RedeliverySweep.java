package io.tollgate.account.commands;

import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Repeats commands that have not been acknowledged (section 6). Repetitions that were missed while
 * the service was down are made up for once, not one by one.
 */
@Component
@Order(2)
class RedeliverySweep extends IsolatedSweep<AccountId> {

  static final String NAME = "command-redelivery";
  private static final int MAX_ACCOUNTS = 100;
  private static final int MAX_COMMANDS = 500;

  private final JdbcCommandRepository commands;
  private final JdbcAccountRepository accounts;
  private final Transactions transactions;
  private final Policies policies;
  private final EffectWriter writer;

  RedeliverySweep(
      JdbcCommandRepository commands,
      JdbcAccountRepository accounts,
      Transactions transactions,
      Policies policies,
      EffectWriter writer,
      Isolation isolation) {
    super(NAME, MAX_ACCOUNTS, isolation);
    this.commands = commands;
    this.accounts = accounts;
    this.transactions = transactions;
    this.policies = policies;
    this.writer = writer;
  }

  @Override
  protected List<AccountId> due(Instant upTo, int limit, Selection selection) {
    return commands.accountsDue(upTo, limit, selection);
  }

  @Override
  protected Subject subjectOf(AccountId account) {
    return Subject.of(account);
  }

  @Override
  protected int apply(List<AccountId> due, Instant upTo) {
    return transactions.run(() -> repeat(due, upTo));
  }

  private int repeat(List<AccountId> candidates, Instant upTo) {
    List<AccountId> locked = accounts.lockAvailable(candidates);
    List<Command> due = commands.due(locked, upTo, MAX_COMMANDS);
    if (due.isEmpty()) {
      return 0;
    }
    Backoff backoff = CommandPolicies.backoff(policies, upTo);
    Effects effects = new Effects();
    for (Command command : due) {
      int delivery = command.delivery() + 1;
      commands.told(command, delivery, upTo.plus(backoff.after(delivery)));
      effects.event(
          command.command() + ":" + delivery,
          new AccountEvent.CommandIssued(
              command.account(),
              command.command(),
              command.platform(),
              command.instance(),
              command.kind(),
              delivery,
              command.backupsKeptUntil(),
              command.wantedAt(),
              command.rule()));
    }
    writer.write(effects);
    return due.size();
  }
}
