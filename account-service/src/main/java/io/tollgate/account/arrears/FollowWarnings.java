package io.tollgate.account.arrears;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.InstanceLifecycle;
import io.tollgate.account.instances.JdbcInstanceRepository;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.AccountId;
import io.tollgate.model.Identifiers;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.store.agreement.Gates;
import io.tollgate.support.ServiceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Deletion warnings that arrived let the deletion go on (C4.1.5); gates are taken note of. */
@Component
class FollowWarnings {

  private static final String DELETION = ":deletion:";

  private final Gates gates;
  private final JdbcAccountRepository accounts;
  private final JdbcInstanceRepository instances;
  private final InstanceLifecycle lifecycle;
  private final EffectWriter writer;
  private final ServiceIdentity identity;

  FollowWarnings(
      Gates gates,
      JdbcAccountRepository accounts,
      JdbcInstanceRepository instances,
      InstanceLifecycle lifecycle,
      EffectWriter writer,
      ServiceIdentity identity) {
    this.gates = gates;
    this.accounts = accounts;
    this.instances = instances;
    this.lifecycle = lifecycle;
    this.writer = writer;
    this.identity = identity;
  }

  /** A warning that reached an account. */
  private record Warned(AccountId account, InstanceId instance, String warning, Instant at) {

    static Optional<Warned> of(NoticeEvent event) {
      return event instanceof NoticeEvent.NoticeDelivered delivered
          ? delivered.correlation().flatMap(warning -> of(delivered, warning))
          : Optional.empty();
    }

    private static Optional<Warned> of(NoticeEvent.NoticeDelivered delivered, String warning) {
      int end = warning.lastIndexOf(DELETION);
      return end > 0 && Identifiers.isValid(warning.substring(0, end))
          ? Optional.of(
              new Warned(
                  delivered.account(),
                  InstanceId.of(warning.substring(0, end)),
                  warning,
                  delivered.at()))
          : Optional.empty();
    }
  }

  /** Applies what was told of notices, in its order. */
  void apply(List<NoticeEvent> events) {
    List<Warned> warned = events.stream().map(Warned::of).flatMap(Optional::stream).toList();
    accounts.lockAll(warned.stream().map(Warned::account).collect(Collectors.toSet()));
    events.forEach(gates::apply);
    Effects effects = new Effects();
    warned.forEach(each -> apply(each, effects));
    writer.write(effects);
  }

  private void apply(Warned warned, Effects effects) {
    Sight ofAccount = new Sight(Optional.of(warned.account()), Optional.empty());
    instances
        .find(ofAccount, warned.instance())
        .ifPresent(
            instance ->
                lifecycle.apply(
                    instance,
                    new Trigger.WarningDelivered(warned.warning(), warned.at()),
                    identity.source(),
                    effects));
  }
}
