package io.tollgate.standalone;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Checks all invariants of all services. Every difference must be 0.",
      "With --windows it also traces every account from usage to balance."
    })
final class AuditCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Option(
      names = "--windows",
      description = "Also compares each window's usage with its line, bill, postings and balance.")
  private boolean windows;

  @Option(names = "--account", paramLabel = "ACCOUNT", description = "Traces this account only.")
  private @Nullable AccountId account;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    RunningProcess running = data.running();
    Api api = Api.of(data.directory(), running);
    boolean green = true;
    if (account == null) {
      AuditReport report = AuditReport.of(api);
      report.lines().forEach(this::say);
      green = report.green();
    }
    for (AccountAudit audit : accounts(api, new BillingCalendar(running.zone()))) {
      audit.lines().forEach(this::say);
      green &= audit.green();
    }
    return green ? ExitCode.DONE : ExitCode.DIFFERENCE;
  }

  private List<AccountAudit> accounts(Api api, BillingCalendar calendar) {
    if (account != null) {
      return List.of(AccountAudit.of(api, calendar, account.value()));
    }
    return windows ? AccountAudit.all(api, calendar) : List.of();
  }

  private void say(String line) {
    Output.line(Output.of(spec), line);
  }
}
