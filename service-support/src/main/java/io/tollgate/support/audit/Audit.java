package io.tollgate.support.audit;

import io.tollgate.support.jdbc.Failures;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks all invariants of a service, one after the other. */
public final class Audit {

  private static final Logger log = LoggerFactory.getLogger(Audit.class);

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
    AuditFinding finding = finding(invariant);
    return new Result(
        invariant.id(),
        invariant.description(),
        finding.holds(),
        finding.checked(),
        finding.difference(),
        finding.findings());
  }

  /** What can't be checked does not hold; the others are checked nevertheless. */
  private static AuditFinding finding(Invariant invariant) {
    try {
      return invariant.check();
    } catch (RuntimeException e) {
      if (Failures.ofInfrastructure(e)) {
        throw e;
      }
      log.warn("Invariant {} can't be checked", invariant.id(), e);
      return AuditFinding.of(0, List.of("can't be checked: " + Failures.brief(e)));
    }
  }
}
