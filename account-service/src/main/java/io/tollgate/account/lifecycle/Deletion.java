package io.tollgate.account.lifecycle;

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
 * @param seven the warning seven days ahead
 * @param one the warning one day ahead
 */
public record Deletion(int plan, Instant plannedAt, Instant dueAt, Warning seven, Warning one) {

  static Deletion planned(int plan, Instant plannedAt, Instant dueAt) {
    return new Deletion(plan, plannedAt, dueAt, Warning.NOT_ISSUED, Warning.NOT_ISSUED);
  }

  /** The id by which the warning's delivery is reported back. */
  public String warningId(InstanceId instance, Lead lead) {
    return "%s:deletion:%d:%d".formatted(instance, plan, lead.days());
  }

  Warning warning(Lead lead) {
    return switch (lead) {
      case SEVEN_DAYS -> seven;
      case ONE_DAY -> one;
    };
  }

  Deletion with(Lead lead, Warning warning) {
    return switch (lead) {
      case SEVEN_DAYS -> new Deletion(plan, plannedAt, dueAt, warning, one);
      case ONE_DAY -> new Deletion(plan, plannedAt, dueAt, seven, warning);
    };
  }

  boolean announced() {
    return seven.issuedAt().isPresent();
  }

  boolean fullyWarned() {
    return seven.deliveredAt().isPresent() && one.deliveredAt().isPresent();
  }

  /** The earliest deletion that what was delivered so far allows. */
  public Instant earliest(BillingCalendar calendar) {
    Instant afterSeven = allowedBy(calendar, Lead.SEVEN_DAYS, seven.deliveredAt());
    Instant afterOne = allowedBy(calendar, Lead.ONE_DAY, one.deliveredAt());
    return later(dueAt, later(afterSeven, afterOne));
  }

  /** The deletion instant to announce in a warning issued at that instant. */
  Instant announced(BillingCalendar calendar, Lead lead, Instant issuedAt) {
    return later(earliest(calendar), calendar.earliestEffect(issuedAt, lead.days()));
  }

  /** The plan's next step; empty while it waits for a delivery. */
  Optional<Trigger> nextStep(BillingCalendar calendar) {
    if (seven.issuedAt().isEmpty()) {
      return Optional.of(warningDue(calendar, Lead.SEVEN_DAYS, plannedAt));
    }
    if (seven.deliveredAt().isPresent() && one.issuedAt().isEmpty()) {
      return Optional.of(warningDue(calendar, Lead.ONE_DAY, seven.deliveredAt().get()));
    }
    return fullyWarned()
        ? Optional.of(new Trigger.DeletionDue(earliest(calendar)))
        : Optional.empty();
  }

  /** One natural day more than the lead, at the same local time; at once when that has passed. */
  private Trigger warningDue(BillingCalendar calendar, Lead lead, Instant notBefore) {
    Instant inTime = calendar.plusNaturalDays(earliest(calendar), -(lead.days() + 1L));
    return new Trigger.WarningDue(lead, later(inTime, notBefore));
  }

  private Instant allowedBy(BillingCalendar calendar, Lead lead, Optional<Instant> delivered) {
    return delivered.map(at -> calendar.earliestEffect(at, lead.days())).orElse(dueAt);
  }

  static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
