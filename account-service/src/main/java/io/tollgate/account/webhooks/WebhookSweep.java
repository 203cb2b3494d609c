package io.tollgate.account.webhooks;

import io.tollgate.account.commands.Command;
import io.tollgate.account.commands.JdbcCommandRepository;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Tries each delivery of a command once at its platform's webhook, outside of any transaction; the
 * next delivery, by the business clock, is the next try. After a crash a try is made again.
 */
@Component
class WebhookSweep implements Sweep, DisposableBean {

  private static final int AT_ONCE = 32;

  private final JdbcCommandRepository commands;
  private final JdbcWebhookRepository webhooks;
  private final WebhookSender sender;
  private final ExecutorService executor;

  WebhookSweep(
      JdbcCommandRepository commands,
      JdbcWebhookRepository webhooks,
      WebhookSender sender,
      ServiceIdentity identity) {
    this.commands = commands;
    this.webhooks = webhooks;
    this.sender = sender;
    this.executor =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(identity.named("webhook-"), 0).factory());
  }

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public String lane() {
    return "webhooks";
  }

  private record Attempt(Command command, Future<String> outcome) {}

  @Override
  public int runBatch(Instant upTo) {
    List<Attempt> attempts = new ArrayList<>();
    for (Command command : commands.toPost(AT_ONCE)) {
      Optional<Endpoint> endpoint = webhooks.find(command.platform());
      endpoint.ifPresent(
          to ->
              attempts.add(new Attempt(command, executor.submit(() -> sender.send(to, command)))));
    }
    for (Attempt attempt : attempts) {
      commands.posted(attempt.command(), result(attempt.outcome()));
    }
    return attempts.size();
  }

  private static String result(Future<String> outcome) {
    try {
      return outcome.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while posting a command", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      return "failed: " + e.getClass().getSimpleName();
    }
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return !commands.toPost(1).isEmpty();
  }

  @Override
  public void destroy() {
    executor.shutdownNow();
  }
}
