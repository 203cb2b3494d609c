package io.tollgate.account.webhooks;

import io.tollgate.account.commands.Command;
import io.tollgate.account.commands.JdbcCommandRepository;
import io.tollgate.model.CommandId;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Posts each delivery of a command once to its platform's webhook, outside of any transaction; the
 * next delivery, by the business clock, is the next attempt. After a crash an attempt is repeated.
 */
@Component
class WebhookSweep implements Sweep, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(WebhookSweep.class);
  private static final String NAME = "webhooks";
  private static final int AT_ONCE = 32;

  /** One webhook that does not answer fills no more of a batch than this. */
  private static final int OF_ONE_PLATFORM = 4;

  private final JdbcCommandRepository commands;
  private final JdbcWebhookRepository webhooks;
  private final WebhookSender sender;
  private final Isolation isolation;
  private final ExecutorService executor;

  WebhookSweep(
      JdbcCommandRepository commands,
      JdbcWebhookRepository webhooks,
      WebhookSender sender,
      Isolation isolation,
      ServiceIdentity identity) {
    this.commands = commands;
    this.webhooks = webhooks;
    this.sender = sender;
    this.isolation = isolation;
    this.executor =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(identity.named("webhook-"), 0).factory());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String lane() {
    return NAME;
  }

  @Override
  public int runBatch(Instant upTo) {
    return isolation.runEach(new Posting());
  }

  /** Posts commands concurrently and records the outcome of each. */
  private final class Posting implements IsolatedWork<Command> {
    private final Map<CommandId, Future<String>> sent = new HashMap<>();

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Command> due(Selection selection) {
      List<Command> due = commands.toPost(AT_ONCE, OF_ONE_PLATFORM, NAME, selection);
      due.forEach(command -> sent.put(command.command(), executor.submit(() -> send(command))));
      return due;
    }

    @Override
    public Subject subjectOf(Command command) {
      return Subject.of(command.account(), command.command().value());
    }

    @Override
    public int apply(List<Command> due) {
      for (Command command : due) {
        commands.posted(command, result(Objects.requireNonNull(sent.get(command.command()))));
      }
      return due.size();
    }
  }

  private String send(Command command) {
    return webhooks
        .find(command.platform())
        .map(endpoint -> sender.send(endpoint, command))
        .orElse("failed: the webhook was removed");
  }

  private static String result(Future<String> outcome) {
    try {
      return outcome.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while posting a command", e);
    } catch (TimeoutException e) {
      return WebhookSender.NO_ANSWER;
    } catch (ExecutionException e) {
      log.error("A command was not posted", e);
      return "failed: not posted because of an error here";
    }
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isolation.anyToTry(NAME) || !commands.toPost(1, 1, NAME, Selection.REGULAR).isEmpty();
  }

  @Override
  public void destroy() {
    executor.shutdownNow();
  }
}
