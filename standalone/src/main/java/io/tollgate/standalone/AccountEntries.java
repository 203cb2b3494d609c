package io.tollgate.standalone;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What was entered about accounts and instances, found in the events of account-service. */
final class AccountEntries {

  /** Rules by which instances change without anybody asking for it: arrears, grace, retention. */
  private static final Set<String> BY_THEMSELVES = Set.of("C2.3", "C7.3", "C4.1.5");

  private final Entries entries;

  AccountEntries(Entries entries) {
    this.entries = entries;
  }

  /** What the event tells, if somebody entered it. */
  void take(AccountEvent event, String found) {
    switch (event) {
      case AccountEvent.AccountOpened e ->
          entries.add(
              e.at(),
              Service.ACCOUNT,
              "POST /v1/accounts",
              Entries.fields("account", e.account().value(), "currency", e.currency().value()),
              "",
              found);
      case AccountEvent.HoldPlaced e ->
          hold(
              e.cause(),
              e.effect(),
              "POST " + holds(e.account(), e.instance()),
              e.reason(),
              e.at(),
              found);
      case AccountEvent.HoldLifted e ->
          hold(
              e.cause(),
              e.effect(),
              "DELETE " + holds(e.account(), e.instance()),
              e.reason(),
              e.at(),
              found);
      case AccountEvent.InstanceStateChanged e -> stateChanged(e, found);
      case AccountEvent.InstanceReleased e ->
          entries.add(
              e.at(),
              Service.ACCOUNT,
              "POST /v1/instances/" + e.instance() + "/release",
              Entries.fields(),
              "the platform has deleted its data: " + e.reason(),
              found);
      // With its platform and specification in the record of account.instances.
      case AccountEvent.InstanceRegistered e -> {}
      case AccountEvent.AccountClosed e -> {}
      case AccountEvent.SuspensionScheduled e -> {}
      case AccountEvent.DeletionScheduled e -> {}
      case AccountEvent.DeletionCancelled e -> {}
      case AccountEvent.CommandIssued e -> {}
      case AccountEvent.CommandAcknowledged e -> {}
    }
  }

  private static String holds(AccountId account, Optional<?> instance) {
    return instance.map(id -> "/v1/instances/" + id).orElse("/v1/accounts/" + account) + "/holds";
  }

  private void hold(
      HoldCause cause, HoldEffect effect, String request, String reason, Instant at, String found) {
    if (cause != HoldCause.ARREARS) {
      boolean lifted = request.startsWith("DELETE");
      entries.add(
          at,
          Service.ACCOUNT,
          request,
          Entries.fields("cause", cause.name(), "effect", effect.name(), "reason", reason),
          lifted ? "by the number of the hold, which GET shows" : "",
          found);
    }
  }

  private void stateChanged(AccountEvent.InstanceStateChanged e, String found) {
    if (!BY_THEMSELVES.contains(e.rule().value())) {
      boolean release = e.rule().value().equals("C4.1.4");
      entries.add(
          e.at(),
          Service.ACCOUNT,
          "POST /v1/instances/" + e.instance() + (release ? "/release" : "/termination"),
          release
              ? Entries.fields()
              : Entries.fields("reason", e.reason(), "rule", e.rule().value()),
          release ? "" : "unless it follows from a hold that is listed",
          found);
    }
  }
}
