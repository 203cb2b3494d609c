package io.tollgate.account.instances;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.instances.JdbcInstanceRepository.Sought;
import io.tollgate.account.lifecycle.Outcome;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.account.telling.Effects;
import io.tollgate.account.telling.Teller;
import io.tollgate.model.InstanceId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.coalesce.Coalescer;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Requests about one instance: found within the caller's sight, locked, changed, told. */
@Component
public class InstanceDesk {

  /** Look-ups by one statement, at most. */
  private static final int MOST_SOUGHT = 500;

  private final JdbcInstanceRepository instances;
  private final Coalescer<Sought, Optional<Instance>> seeker;
  private final JdbcAccountRepository accounts;
  private final InstanceLife life;
  private final Transactions transactions;
  private final Teller teller;
  private final BusinessClock clock;

  InstanceDesk(
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      InstanceLife life,
      Transactions transactions,
      Teller teller,
      BusinessClock clock) {
    this.instances = instances;
    this.seeker = new Coalescer<>("seek-instances", MOST_SOUGHT, instances::find);
    this.accounts = accounts;
    this.life = life;
    this.transactions = transactions;
    this.teller = teller;
    this.clock = clock;
  }

  /**
   * Pulls a trigger.
   *
   * @param trigger made for the current business instant
   * @throws ProblemException 404 out of sight, 422 when a rule refuses
   */
  Instance pull(Caller caller, InstanceId id, Function<Instant, Trigger> trigger) {
    return locked(
        caller,
        id,
        (instance, effects) ->
            accepted(life.apply(instance, trigger.apply(clock.now()), caller.subject(), effects)));
  }

  /** Does work on an instance under its account's lock and tells what it gathered. */
  public <T> T locked(Caller caller, InstanceId id, BiFunction<Instance, Effects, T> work) {
    Sight sight = Sight.of(caller);
    return transactions.runHttp(
        () -> {
          Instance seen = find(sight, id);
          accounts.lockAll(java.util.List.of(seen.subject().account()));
          Effects effects = new Effects();
          T result = work.apply(find(sight, id), effects);
          teller.tell(effects);
          return result;
        });
  }

  /** The instance, if the caller may see it; 404 otherwise. */
  public Instance find(Sight sight, InstanceId id) {
    return shown(id, instances.find(sight, id));
  }

  /** Like {@link #find}, by one statement for all who ask at the same time. */
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
  public static Instance accepted(InstanceLife.Applied applied) {
    if (applied.outcome() instanceof Outcome.Refused refused) {
      throw ProblemException.refused(
          refused.refusal().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          refused.refusal().sentence(),
          refused.rule().value());
    }
    return applied.instance();
  }
}
