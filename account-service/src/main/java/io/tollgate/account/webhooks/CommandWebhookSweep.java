package io.tollgate.account.webhooks;

import io.tollgate.account.commands.Command;
import io.tollgate.account.commands.JdbcCommandRepository;
import io.tollgate.model.CommandId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.store.webhook.Webhooks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Queues each delivery of a command for its platform's webhook, under the command's id: the
 * receiver knows a repetition by it. A command is repeated until it is acknowledged, so a failed
 * attempt is repeated with the next delivery.
 */
@Component
@Order(3)
class CommandWebhookSweep extends IsolatedSweep<Command> {

  static final String NAME = "command-webhooks";
  private static final String TYPE = "tollgate.command.v1";
  private static final int AT_ONCE = 200;

  private final JdbcCommandRepository commands;
  private final Webhooks webhooks;
  private final Transactions transactions;

  CommandWebhookSweep(
      JdbcCommandRepository commands,
      Webhooks webhooks,
      Transactions transactions,
      Isolation isolation) {
    super(NAME, AT_ONCE, isolation);
    this.commands = commands;
    this.webhooks = webhooks;
    this.transactions = transactions;
  }

  @Override
  protected List<Command> due(Instant upTo, int limit, Selection selection) {
    return commands.toPost(limit, NAME, selection);
  }

  @Override
  protected Subject subjectOf(Command command) {
    return Subject.of(command.account(), command.command().value());
  }

  @Override
  protected int apply(List<Command> due, Instant upTo) {
    transactions.execute(
        () -> {
          for (Command command : due) {
            if (commands.posted(command)) {
              queue(command);
            }
          }
        });
    return due.size();
  }

  private void queue(Command command) {
    CommandId id = command.command();
    Map<String, Object> data = new TreeMap<>();
    data.put("command", id);
    data.put("number", command.number());
    data.put("kind", command.kind());
    data.put("instance", command.instance());
    data.put("account", command.account());
    data.put("rule", command.rule());
    data.put("delivery", command.delivery());
    command.backupsKeptUntil().ifPresent(until -> data.put("backupsKeptUntil", until));
    webhooks.queueRepetition(
        new Webhooks.Message(
            command.platform().value(),
            command.account(),
            id.value(),
            TYPE,
            command.wantedAt(),
            data));
  }
}
