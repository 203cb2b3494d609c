package io.tollgate.account.lifecycle;

import static io.tollgate.model.Instants.later;

import io.tollgate.account.lifecycle.Warning.Lead;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * The plan to delete an instance's data (C4.1.5): due after retention, never before both warnings
 * were delivered and their days have run. A late warning shifts it.
 *
 * @param plan number of the plan among the instance's; warnings of an older plan no longer count
 * @param plannedAt when the plan was made: nothing of it happens earlier
 * @param dueAt end of retention
 * @param leads how long ahead both warnings must arrive
 * @param first the first warning
 * @param last the last warning
 */
public record Deletion(
    int plan, Instant plannedAt, Instant dueAt, Leads leads, Warning first, Warning last) {

  static Deletion planned(int plan, Instant plannedAt, Instant dueAt, Leads leads) {
    return new Deletion(plan, plannedAt, dueAt, leads, Warning.NOT_ISSUED, Warning.NOT_ISSUED);
  }

  /** The id by which the warning's delivery is reported back. */
  public String warningId(InstanceId instance, Lead lead) {
    return "%s:deletion:%d:%d".formatted(instance, plan, leads.days(lead));
  }

  Warning warning(Lead lead) {
    return switch (lead) {
      case FIRST -> first;
      case LAST -> last;
    };
  }

  Deletion with(Lead lead, Warning warning) {
    return switch (lead) {
      case FIRST -> new Deletion(plan, plannedAt, dueAt, leads, warning, last);
      case LAST -> new Deletion(plan, plannedAt, dueAt, leads, first, warning);
    };
  }

  boolean announced() {
    return first.issuedAt().isPresent();
  }

  boolean fullyWarned() {
    return first.deliveredAt().isPresent() && last.deliveredAt().isPresent();
  }

  /** The earliest deletion that what was delivered so far allows. */
  public Instant earliest(BillingCalendar calendar) {
    Instant afterFirst = allowedBy(calendar, Lead.FIRST, first.deliveredAt());
    Instant afterLast = allowedBy(calendar, Lead.LAST, last.deliveredAt());
    return later(dueAt, later(afterFirst, afterLast));
  }

  /** The deletion instant to announce in a warning issued at that instant. */
  Instant announced(BillingCalendar calendar, Lead lead, Instant issuedAt) {
    return later(earliest(calendar), calendar.earliestEffect(issuedAt, leads.days(lead)));
  }

  /** The plan's next step; empty while it waits for a delivery. */
  Optional<Trigger> nextStep(BillingCalendar calendar) {
    if (first.issuedAt().isEmpty()) {
      return Optional.of(warningDue(calendar, Lead.FIRST, plannedAt));
    }
    if (first.deliveredAt().isPresent() && last.issuedAt().isEmpty()) {
      return Optional.of(warningDue(calendar, Lead.LAST, first.deliveredAt().get()));
    }
    return fullyWarned()
        ? Optional.of(new Trigger.DeletionDue(earliest(calendar)))
        : Optional.empty();
  }

  /** One natural day more than the lead, at the same local time; at once when that has passed. */
  private Trigger warningDue(BillingCalendar calendar, Lead lead, Instant notBefore) {
    Instant inTime = calendar.plusNaturalDays(earliest(calendar), -(leads.days(lead) + 1L));
    return new Trigger.WarningDue(lead, later(inTime, notBefore));
  }

  private Instant allowedBy(BillingCalendar calendar, Lead lead, Optional<Instant> delivered) {
    return delivered.map(at -> calendar.earliestEffect(at, leads.days(lead))).orElse(dueAt);
  }
}
