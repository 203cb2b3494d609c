package io.tollgate.account.instances;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.JdbcInstanceRepository.Sought;
import io.tollgate.account.lifecycle.Outcome;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.InstanceId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.coalesce.Coalescer;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Carries out requests on one instance that the caller may see: finds, locks and changes it, and
 * publishes the effects.
 */
@Component
public class InstanceRequests {

  /** Look-ups by one statement, at most. */
  private static final int MOST_SOUGHT = 500;

  private final JdbcInstanceRepository instances;
  private final Coalescer<Sought, Optional<Instance>> seeker;
  private final JdbcAccountRepository accounts;
  private final InstanceLifecycle lifecycle;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  InstanceRequests(
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      InstanceLifecycle lifecycle,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.instances = instances;
    this.seeker = new Coalescer<>("seek-instances", MOST_SOUGHT, instances::find);
    this.accounts = accounts;
    this.lifecycle = lifecycle;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Applies a trigger.
   *
   * @param trigger made for the current business instant
   * @throws ProblemException 404 if the caller may not see it, 422 if a rule refuses
   */
  Instance apply(Caller caller, InstanceId id, Function<Instant, Trigger> trigger) {
    return locked(
        caller,
        id,
        (instance, effects) ->
            accepted(
                lifecycle.apply(instance, trigger.apply(clock.now()), caller.subject(), effects)));
  }

  /** Does work on an instance under its account's lock and writes the effects it collected. */
  public <T> T locked(Caller caller, InstanceId id, BiFunction<Instance, Effects, T> work) {
    Sight sight = Sight.of(caller);
    return transactions.runHttp(
        () -> {
          Instance seen = find(sight, id);
          accounts.lockAll(List.of(seen.key().account()));
          Effects effects = new Effects();
          T result = work.apply(find(sight, id), effects);
          writer.write(effects);
          return result;
        });
  }

  /** The instance, if the caller may see it; 404 otherwise. */
  public Instance find(Sight sight, InstanceId id) {
    return shown(id, instances.find(sight, id));
  }

  /** Like {@link #find}, with one statement for all concurrent requests. */
  Mono<Instance> seek(Sight sight, InstanceId id) {
    return Mono.fromFuture(seeker.ask(new Sought(sight, id))).map(found -> shown(id, found));
  }

  private static Instance shown(InstanceId id, Optional<Instance> found) {
    return found.orElseThrow(() -> ProblemException.notFound("instance " + id));
  }

  /**
   * The instance after a trigger that was not refused.
   *
   * @throws ProblemException (422) naming the rule that refused it
   */
  public static Instance accepted(InstanceLifecycle.Applied applied) {
    if (applied.outcome() instanceof Outcome.Refused refused) {
      throw ProblemException.refused(
          refused.refusal().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          refused.refusal().sentence(),
          refused.rule().value());
    }
    return applied.instance();
  }
}
