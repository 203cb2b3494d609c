package io.tollgate.support.audit;

import java.math.BigDecimal;
import java.util.List;

/** Checks all invariants of a service, one after the other. */
public final class Audit {

  private final List<Invariant> invariants;

  /** An audit of these invariants. */
  public Audit(List<Invariant> invariants) {
    this.invariants = List.copyOf(invariants);
  }

  /**
   * What an audit found.
   *
   * @param green whether every invariant holds
   */
  public record Report(boolean green, List<Result> invariants) {}

  /**
   * What was found for one invariant.
   *
   * @param checked how many things were looked at
   * @param difference by how much the data is off; 0 when it holds
   * @param findings at most 100 lines
   */
  public record Result(
      String id,
      String description,
      boolean green,
      long checked,
      BigDecimal difference,
      List<String> findings) {}

  /** The invariants that are checked. */
  public List<Invariant> invariants() {
    return invariants;
  }

  /** Checks all. */
  public Report run() {
    List<Result> results = invariants.stream().map(Audit::check).toList();
    return new Report(results.stream().allMatch(Result::green), results);
  }

  private static Result check(Invariant invariant) {
    AuditFinding finding = invariant.check();
    return new Result(
        invariant.id(),
        invariant.description(),
        finding.holds(),
        finding.checked(),
        finding.difference(),
        finding.findings());
  }
}
