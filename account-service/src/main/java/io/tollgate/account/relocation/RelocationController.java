package io.tollgate.account.relocation;

import io.tollgate.account.commands.PlatformCommands;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.Instance;
import io.tollgate.account.instances.InstanceRequests;
import io.tollgate.account.lifecycle.WantedCommand;
import io.tollgate.model.InstanceId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.agreement.Passage;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Relocates an instance once its notice has matured; there is no other way (C3.2.8). */
@RestController
class RelocationController {

  private final InstanceRequests instances;
  private final PlatformCommands commands;
  private final Gates gates;
  private final BusinessClock clock;

  RelocationController(
      InstanceRequests instances, PlatformCommands commands, Gates gates, BusinessClock clock) {
    this.instances = instances;
    this.commands = commands;
    this.gates = gates;
    this.clock = clock;
  }

  /** The notice that announced the relocation and named the instance. */
  record Request(NoticeId notice) {
    Request {
      notice = Fields.required("notice", notice);
    }
  }

  /** The relocation that was commanded. */
  record Relocation(InstanceId instance, NoticeId notice, Instant at) {}

  @PostMapping("/v1/instances/{instance}/relocation")
  Relocation relocate(
      Caller caller, @PathVariable InstanceId instance, @RequestBody Request request) {
    return instances.locked(
        caller, instance, (found, effects) -> ask(caller, found, request.notice(), effects));
  }

  /** What is deleted is not moved, and a move that cannot be made does not use up its notice. */
  private static void requireData(Instance instance) {
    switch (instance.status().state()) {
      case RELEASING -> throw refused("release-commanded", "its release was commanded");
      case RELEASED -> throw refused("already-released", "it is released");
      case ACTIVE, IN_ARREARS, SUSPENDED -> {}
    }
  }

  private static ProblemException refused(String slug, String reason) {
    return ProblemException.refused(
        slug, "the instance is not relocated: " + reason, GateKind.RELOCATION.rule().value());
  }

  private Relocation ask(Caller caller, Instance instance, NoticeId notice, Effects effects) {
    requireData(instance);
    Instant now = clock.now();
    String id = instance.key().instance().value();
    gates.pass(
        new Passage(
            GateAction.Relocation.of(instance.key().instance()),
            Optional.of(notice),
            id,
            now,
            "equipment is relocated",
            now,
            caller.subject()));
    commands.issue(
        instance.key(),
        instance.platform(),
        new WantedCommand(CommandKind.RELOCATE, now, GateKind.RELOCATION.rule()),
        "relocation:" + id + ":" + notice,
        effects);
    effects.trail(
        new AuditEntry(
            caller.subject(),
            Optional.of(instance.key().account()),
            "instance",
            id,
            "relocation commanded",
            GateKind.RELOCATION.rule().value(),
            "announced by notice " + notice),
        now);
    return new Relocation(instance.key().instance(), notice, now);
  }
}
