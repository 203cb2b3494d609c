package io.tollgate.support.observability;

import java.math.BigDecimal;
import java.util.List;

/**
 * The result of checking an invariant.
 *
 * @param checked how many things were looked at: an audit of nothing shows nothing
 * @param difference by how much the data is off, absolute and summed; 0 when it holds
 * @param findings what is off, a line each, without contact data; at most {@value #MAX_FINDINGS}
 */
public record AuditFinding(long checked, BigDecimal difference, List<String> findings) {

  /** No report lists more; the difference still counts all. */
  public static final int MAX_FINDINGS = 100;

  /** Keeps the first findings only. */
  public AuditFinding {
    findings = List.copyOf(findings.subList(0, Math.min(findings.size(), MAX_FINDINGS)));
  }

  /** The invariant holds. */
  public static AuditFinding clean(long checked) {
    return new AuditFinding(checked, BigDecimal.ZERO, List.of());
  }

  /** Each line is one break of the invariant. */
  public static AuditFinding of(long checked, List<String> findings) {
    return new AuditFinding(checked, BigDecimal.valueOf(findings.size()), findings);
  }

  /** Whether the invariant holds. */
  public boolean holds() {
    return difference.signum() == 0 && findings.isEmpty();
  }
}
