package io.tollgate.billing.audit;

import io.tollgate.billing.journal.AccountAudit;
import io.tollgate.support.observability.AuditFinding;
import io.tollgate.support.observability.Invariant;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Replays every account that ever owed something and compares the result, penalties day by day
 * (C2.3).
 */
@Component
class SettlementInvariant implements Invariant {
  private final AccountAudit audit;

  SettlementInvariant(AccountAudit audit) {
    this.audit = audit;
  }

  @Override
  public String id() {
    return "penalties-are-their-history";
  }

  @Override
  public String description() {
    return "Penalties, allocations and balances equal a replay of the account's history";
  }

  @Override
  public AuditFinding check() {
    List<AccountAudit.Finding> findings = audit.replayAll();
    return new AuditFinding(
        findings.size(),
        findings.stream()
            .map(AccountAudit.Finding::difference)
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        findings.stream()
            .filter(finding -> finding.difference().signum() != 0)
            .map(SettlementInvariant::inWords)
            .toList());
  }

  private static String inWords(AccountAudit.Finding finding) {
    return finding
        .failure()
        .map(failure -> finding.account() + " cannot be replayed: " + failure)
        .orElseGet(() -> finding.account() + " is off by " + finding.difference());
  }
}
