package io.tollgate.standalone;

import io.tollgate.model.BillingCalendar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One account's way from usage to balance, across the services: every closed window of metering
 * beside the line that bills it or the list that says why it is set aside, every bill beside its
 * lines, and the balances beside their postings.
 *
 * @param account which one
 * @param windows closed windows that metering has of it, whatever billing wants of them
 * @param billed how many of them are billed, by themselves or in longer ones
 * @param setAside how many of them billing has set aside with a reason; the others' cycles are not
 *     over
 * @param difference everything that does not agree, absolute and summed, in units and money
 * @param findings where it lies, and what is set aside or has no price
 */
public record AccountAudit(
    String account,
    long windows,
    long billed,
    long setAside,
    BigDecimal difference,
    List<String> findings) {

  /** Keeps its own copy. */
  public AccountAudit {
    findings = List.copyOf(findings);
  }

  /** Whether everything agrees. */
  public boolean green() {
    return difference.signum() == 0;
  }

  /** The result, with a line for each finding. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-28s windows %9d   billed %9d   set aside %9d   difference %s"
            .formatted(account, windows, billed, setAside, difference.toPlainString()));
    findings.forEach(finding -> lines.add("    " + finding));
    return lines;
  }

  /** Audits all accounts, in the order of their ids. */
  public static List<AccountAudit> all(Api api, BillingCalendar calendar) {
    return InParallel.map(
        api.items(Service.ACCOUNT, "/v1/accounts"),
        account -> ofOrFailure(api, calendar, account.path("account").asString("")));
  }

  /** One that cannot be audited is a finding of its own, and keeps no other from being audited. */
  private static AccountAudit ofOrFailure(Api api, BillingCalendar calendar, String account) {
    try {
      return of(api, calendar, account);
    } catch (RuntimeException e) {
      return new AccountAudit(
          account, 0, 0, 0, BigDecimal.ONE, List.of("cannot be audited: " + e.getMessage()));
    }
  }

  /** Audits one account; what is on its way when it is asked can show as a difference. */
  public static AccountAudit of(Api api, BillingCalendar calendar, String account) {
    return new AccountComparison(api, calendar, account).compare();
  }
}
