package io.tollgate.support.observability;

import io.tollgate.support.failure.Causes;
import io.tollgate.support.failure.InfrastructureFailures;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks all invariants of a service, one after the other. */
public final class Audit {

  private static final Logger log = LoggerFactory.getLogger(Audit.class);

  private final List<Invariant> invariants;
  private final InfrastructureFailures passing;

  /**
   * An audit of these invariants.
   *
   * @param passing failures that say nothing about an invariant: they end the audit
   */
  public Audit(List<Invariant> invariants, InfrastructureFailures passing) {
    this.invariants = List.copyOf(invariants);
    this.passing = passing;
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
    List<Result> results = invariants.stream().map(this::check).toList();
    return new Report(results.stream().allMatch(Result::green), results);
  }

  private Result check(Invariant invariant) {
    AuditFinding finding = finding(invariant);
    return new Result(
        invariant.id(),
        invariant.description(),
        finding.holds(),
        finding.checked(),
        finding.difference(),
        finding.findings());
  }

  /** What cannot be checked does not hold; the others are checked nevertheless. */
  private AuditFinding finding(Invariant invariant) {
    try {
      return invariant.check();
    } catch (RuntimeException e) {
      if (passing.include(e)) {
        throw e;
      }
      log.warn("Invariant {} cannot be checked", invariant.id(), e);
      return AuditFinding.of(0, List.of("cannot be checked: " + Causes.brief(e)));
    }
  }
}
