package io.tollgate.chaos;

import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.AccountAudit;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.AuditReport;
import io.tollgate.standalone.InParallel;
import io.tollgate.standalone.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The books beside the truth, hour by hour and account by account.
 *
 * @param lost units acknowledged and not billed
 * @param doubled units billed and not acknowledged
 * @param drift money that is not where recharges, bills and penalties say
 * @param auditGreen whether all services' audits hold, and each account's across them
 * @param inTime whether every account that owes beyond its grace is suspended
 * @param findings where the differences lie, and what the audits say
 */
public record Verdict(
    BigDecimal lost,
    BigDecimal doubled,
    BigDecimal drift,
    boolean auditGreen,
    boolean inTime,
    List<String> findings) {

  /** Keeps its own copy. */
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean clean() {
    return lost.signum() == 0
        && doubled.signum() == 0
        && drift.signum() == 0
        && auditGreen
        && inTime;
  }

  /** Asks the services, which are at rest. */
  public static Verdict of(Api api, Truth truth) {
    List<String> findings = new ArrayList<>();
    BigDecimal lost = BigDecimal.ZERO;
    BigDecimal doubled = BigDecimal.ZERO;
    BigDecimal drift = BigDecimal.ZERO;
    for (Comparison each :
        InParallel.map(truth.accounts(), account -> Comparison.of(api, truth, account))) {
      lost = lost.add(each.lost());
      doubled = doubled.add(each.doubled());
      drift = drift.add(each.drift().abs());
      findings.addAll(each.findings());
    }
    AuditReport audit = AuditReport.of(api);
    findings.addAll(audit.lines());
    List<AccountAudit> accounts = AccountAudit.all(api, new BillingCalendar(Settings.ZONE));
    findings.addAll(inWords(accounts));
    List<String> late = Overdue.find(api);
    findings.addAll(late);
    boolean green = audit.green() && accounts.stream().allMatch(AccountAudit::green);
    return new Verdict(lost, doubled, drift, green, late.isEmpty(), findings);
  }

  /** A line for all of them, and those of which there is more to say. */
  private static List<String> inWords(List<AccountAudit> accounts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d accounts, windows %d, billed %d, set aside %d, difference %s"
            .formatted(
                accounts.size(),
                accounts.stream().mapToLong(AccountAudit::windows).sum(),
                accounts.stream().mapToLong(AccountAudit::billed).sum(),
                accounts.stream().mapToLong(AccountAudit::setAside).sum(),
                accounts.stream()
                    .map(AccountAudit::difference)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .toPlainString()));
    accounts.stream()
        .filter(account -> !account.findings().isEmpty())
        .forEach(account -> lines.addAll(account.lines()));
    return lines;
  }
}
