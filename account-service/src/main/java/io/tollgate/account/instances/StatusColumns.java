package io.tollgate.account.instances;

import static io.tollgate.store.jdbc.Columns.instant;
import static io.tollgate.store.jdbc.Columns.optionalInstant;
import static io.tollgate.store.jdbc.Columns.orNull;

import io.tollgate.account.lifecycle.Debt;
import io.tollgate.account.lifecycle.Deletion;
import io.tollgate.account.lifecycle.Leads;
import io.tollgate.account.lifecycle.Status;
import io.tollgate.account.lifecycle.Termination;
import io.tollgate.account.lifecycle.Termination.Clearing;
import io.tollgate.account.lifecycle.Warning;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.InstanceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps a status to columns. Reading an inconsistent one fails: {@link Status} checks it. */
final class StatusColumns {

  static final String ASSIGNMENTS =
      """
      state = :state, holds = :holds::text[], account_holds = :accountHolds::text[],
      restrictions = :restrictions::text[],
      account_restrictions = :accountRestrictions::text[],
      debt_due_at = :debtDueAt, suspend_at = :suspendAt, arrears_held_at = :arrearsHeldAt,
      termination_reason = :terminationReason, termination_clearing = :terminationClearing,
      termination_rule = :terminationRule, terminated_at = :terminatedAt,
      legal_hold = :legalHold, legal_hold_reason = :legalHoldReason,
      backup_days = :backupDays, backups_due_at = :backupsDueAt, plans = :plans, deletion_plan = :deletionPlan,
      deletion_planned_at = :deletionPlannedAt, deletion_due_at = :deletionDueAt,
      first_lead_days = :firstLeadDays, last_lead_days = :lastLeadDays,
      first_issued_at = :firstIssuedAt, first_delivered_at = :firstDeliveredAt,
      last_issued_at = :lastIssuedAt, last_delivered_at = :lastDeliveredAt
      """;

  private StatusColumns() {}

  static Map<String, @Nullable Object> write(Status status) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("state", status.state().name());
    values.put("holds", names(status.holds()));
    values.put("accountHolds", names(status.accountHolds()));
    values.put("restrictions", names(status.restrictions()));
    values.put("accountRestrictions", names(status.accountRestrictions()));
    values.put("debtDueAt", orNull(status.debt().map(Debt::earliestDueAt)));
    values.put("suspendAt", orNull(status.debt().flatMap(Debt::suspendAt)));
    values.put("arrearsHeldAt", orNull(status.arrearsHeldAt()));
    Optional<Termination> end = status.termination();
    values.put("terminationReason", end.map(Termination::reason).orElse(null));
    values.put("terminationClearing", end.map(t -> t.clearing().name()).orElse(null));
    values.put("terminationRule", end.map(t -> t.rule().value()).orElse(null));
    values.put("terminatedAt", orNull(end.map(Termination::at)));
    values.put("legalHold", status.isLegallyHeld());
    values.put("legalHoldReason", status.legalHold().orElse(null));
    values.put("backupDays", status.backupDays().orElse(null));
    values.put("backupsDueAt", orNull(status.backupsDueAt()));
    values.put("plans", status.plans());
    Optional<Deletion> plan = status.deletion();
    values.put("deletionPlan", plan.map(Deletion::plan).orElse(null));
    values.put("deletionPlannedAt", orNull(plan.map(Deletion::plannedAt)));
    values.put("deletionDueAt", orNull(plan.map(Deletion::dueAt)));
    values.put("firstLeadDays", plan.map(p -> p.leads().first()).orElse(null));
    values.put("lastLeadDays", plan.map(p -> p.leads().last()).orElse(null));
    values.put("firstIssuedAt", orNull(plan.flatMap(p -> p.first().issuedAt())));
    values.put("firstDeliveredAt", orNull(plan.flatMap(p -> p.first().deliveredAt())));
    values.put("lastIssuedAt", orNull(plan.flatMap(p -> p.last().issuedAt())));
    values.put("lastDeliveredAt", orNull(plan.flatMap(p -> p.last().deliveredAt())));
    return values;
  }

  static Status read(ResultSet row) throws SQLException {
    return new Status(
        InstanceState.valueOf(row.getString("state")),
        causes(row, "holds"),
        causes(row, "account_holds"),
        causes(row, "restrictions"),
        causes(row, "account_restrictions"),
        debt(row),
        optionalInstant(row, "arrears_held_at"),
        termination(row),
        Optional.ofNullable(row.getString("legal_hold_reason")),
        row.getInt("plans"),
        deletion(row),
        Optional.ofNullable(row.getObject("backup_days", Integer.class)),
        optionalInstant(row, "backups_due_at"));
  }

  private static Optional<Debt> debt(ResultSet row) throws SQLException {
    return optionalInstant(row, "debt_due_at").isEmpty()
        ? Optional.empty()
        : Optional.of(new Debt(instant(row, "debt_due_at"), optionalInstant(row, "suspend_at")));
  }

  private static Optional<Termination> termination(ResultSet row) throws SQLException {
    return optionalInstant(row, "terminated_at").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Termination(
                row.getString("termination_reason"),
                Clearing.valueOf(row.getString("termination_clearing")),
                RuleId.of(row.getString("termination_rule")),
                instant(row, "terminated_at")));
  }

  private static Optional<Deletion> deletion(ResultSet row) throws SQLException {
    return optionalInstant(row, "deletion_due_at").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Deletion(
                row.getInt("deletion_plan"),
                instant(row, "deletion_planned_at"),
                instant(row, "deletion_due_at"),
                new Leads(row.getInt("first_lead_days"), row.getInt("last_lead_days")),
                warning(row, "first"),
                warning(row, "last")));
  }

  private static Warning warning(ResultSet row, String prefix) throws SQLException {
    return new Warning(
        optionalInstant(row, prefix + "_issued_at"),
        optionalInstant(row, prefix + "_delivered_at"));
  }

  private static Set<HoldCause> causes(ResultSet row, String column) throws SQLException {
    return Arrays.stream((String[]) row.getArray(column).getArray())
        .map(HoldCause::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String[] names(Set<HoldCause> causes) {
    return causes.stream().map(HoldCause::name).sorted().toArray(String[]::new);
  }
}
