package io.tollgate.model.event;

import io.tollgate.model.AccountId;
import io.tollgate.model.CommandId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Requestable;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Events that the account service publishes on {@code account.events}, keyed by account. */
public sealed interface AccountEvent {

  /** The codec of the topic. */
  EventCodec<AccountEvent> CODEC =
      EventCodec.of(
          Map.ofEntries(
              Map.entry("tollgate.account.opened.v1", AccountOpened.class),
              Map.entry("tollgate.account.closed.v1", AccountClosed.class),
              Map.entry("tollgate.account.instance-registered.v1", InstanceRegistered.class),
              Map.entry("tollgate.account.instance-state-changed.v1", InstanceStateChanged.class),
              Map.entry("tollgate.account.suspension-scheduled.v1", SuspensionScheduled.class),
              Map.entry("tollgate.account.deletion-scheduled.v1", DeletionScheduled.class),
              Map.entry("tollgate.account.deletion-cancelled.v1", DeletionCancelled.class),
              Map.entry("tollgate.account.instance-released.v1", InstanceReleased.class),
              Map.entry("tollgate.account.hold-placed.v1", HoldPlaced.class),
              Map.entry("tollgate.account.hold-lifted.v1", HoldLifted.class),
              Map.entry("tollgate.account.command-issued.v1", CommandIssued.class),
              Map.entry("tollgate.account.command-acknowledged.v1", CommandAcknowledged.class)));

  AccountId account();

  /** Business instant of the effect. */
  Instant at();

  /** The contract rule behind it. */
  RuleId rule();

  /** States of a service instance (section 6). */
  enum InstanceState {
    ACTIVE,
    IN_ARREARS,
    SUSPENDED,
    RELEASING,
    RELEASED
  }

  /** Causes of a hold; they add up (section 6). */
  enum HoldCause implements Requestable {
    /** Comes and goes with the debt: nobody places it. */
    ARREARS,
    VIOLATION,
    UNANSWERED_COMPLAINT,
    ATTACK,
    BEYOND_SPECIFICATION,
    OPERATOR;

    @Override
    public boolean isRequestable() {
      return this != ARREARS;
    }
  }

  /** What a hold does to an instance (section 6). */
  enum HoldEffect {
    /** It does not run. */
    SUSPEND,
    /** It runs, and the platform limits it to its specification (C3.2.5). */
    RESTRICT
  }

  /** Commands to platforms (C7.1, section 6). */
  enum CommandKind {
    OPEN,
    SUSPEND,
    RESUME,
    /** Limit it to its specification (C3.2.5). */
    RESTRICT,
    UNRESTRICT,
    RELOCATE,
    /** Delete its data, and its backups unless the command says until when they are kept. */
    RELEASE,
    /** Delete the backups that a release left (C4.1.4). */
    DELETE_BACKUPS
  }

  /** A billing account exists. */
  record AccountOpened(AccountId account, CurrencyCode currency, Instant at, RuleId rule)
      implements AccountEvent {}

  /** A billing account is closed. */
  record AccountClosed(AccountId account, Instant at, RuleId rule) implements AccountEvent {}

  /** An instance of a product runs for the account. */
  record InstanceRegistered(
      AccountId account, InstanceId instance, ProductId product, Instant at, RuleId rule)
      implements AccountEvent {}

  /** The state of an instance changed. */
  record InstanceStateChanged(
      AccountId account,
      InstanceId instance,
      ProductId product,
      InstanceState from,
      InstanceState to,
      String reason,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /**
   * The instance will be suspended at {@code suspendAt} unless the arrears that concern it are paid
   * before (C2.3): those of its product, or all of the account's by policy.
   */
  record SuspensionScheduled(
      AccountId account,
      InstanceId instance,
      ProductId product,
      Instant suspendAt,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /**
   * The instance's data will be deleted at {@code deleteAt} at the earliest (C4.1.5); asks for a
   * warning with a lead. One event for each warning; {@code warning} identifies it, and comes back
   * in {@link NoticeEvent.NoticeDelivered}.
   */
  record DeletionScheduled(
      AccountId account,
      InstanceId instance,
      ProductId product,
      String warning,
      int leadDays,
      Instant deleteAt,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /** The deletion that was announced will not happen. */
  record DeletionCancelled(AccountId account, InstanceId instance, Instant at, RuleId rule)
      implements AccountEvent {}

  /** The platform acknowledged that all data of the instance is deleted (C4.1.5). */
  record InstanceReleased(
      AccountId account,
      InstanceId instance,
      ProductId product,
      String reason,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /**
   * A hold bars the instance (or, without one, every instance of the account) from running, or
   * limits it.
   */
  record HoldPlaced(
      AccountId account,
      Optional<InstanceId> instance,
      HoldCause cause,
      HoldEffect effect,
      String reason,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /** A hold is gone; the instance runs again when it was the last. */
  record HoldLifted(
      AccountId account,
      Optional<InstanceId> instance,
      HoldCause cause,
      HoldEffect effect,
      String reason,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /**
   * A command to a platform; repeated until acknowledged.
   *
   * @param backupsKeptUntil of a release that leaves the backups: until when, at least
   */
  record CommandIssued(
      AccountId account,
      CommandId command,
      PlatformId platform,
      InstanceId instance,
      CommandKind kind,
      int delivery,
      Optional<Instant> backupsKeptUntil,
      Instant at,
      RuleId rule)
      implements AccountEvent {}

  /** The platform has carried out the command. */
  record CommandAcknowledged(
      AccountId account,
      CommandId command,
      PlatformId platform,
      InstanceId instance,
      CommandKind kind,
      Instant at,
      RuleId rule)
      implements AccountEvent {}
}
