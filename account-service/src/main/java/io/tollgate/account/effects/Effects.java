package io.tollgate.account.effects;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.outbox.OutboxMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the events, topic states and audit entries of one transaction, in order. */
public final class Effects {

  private final List<OutboxMessage> messages = new ArrayList<>();
  private final List<Line> trail = new ArrayList<>();
  private final List<AccountEvent.InstanceStateChanged> moves = new ArrayList<>();

  record Line(AuditEntry entry, Instant at) {}

  /** Adds an event; its id derives from its cause. */
  public void event(String id, AccountEvent event) {
    messages.add(
        OutboxMessage.event(
            Topics.ACCOUNT_EVENTS, event.account(), AccountEvent.CODEC, id, event.at(), event));
    if (event instanceof AccountEvent.InstanceStateChanged move) {
      moves.add(move);
    }
  }

  /** Adds the newest state of a compacted topic's key, or its removal. */
  public void message(OutboxMessage message) {
    messages.add(message);
  }

  /** Adds an entry of the trail at the instant of its effect. */
  public void trail(AuditEntry entry, Instant at) {
    trail.add(new Line(entry, at));
  }

  /** Adds an entry about an account itself. */
  public void trail(
      String who, AccountId account, String what, String rule, String reason, Instant at) {
    trail(
        new AuditEntry(
            who, java.util.Optional.of(account), "account", account.value(), what, rule, reason),
        at);
  }

  List<OutboxMessage> messages() {
    return List.copyOf(messages);
  }

  List<Line> lines() {
    return List.copyOf(trail);
  }

  List<AccountEvent.InstanceStateChanged> moves() {
    return List.copyOf(moves);
  }
}
