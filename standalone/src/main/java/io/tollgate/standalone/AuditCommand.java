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
      "Checks the invariants of all services, and that every event that one of them published was"
          + " applied by the others. A difference other than 0 is an error: exit code 4.",
      "--windows adds, and --account checks instead, what each account was billed: every closed"
          + " usage window against its charge line, the line against its bill, the bill against its"
          + " postings, and the postings against the balance."
    })
final class AuditCommand implements Callable<Integer> {

  private static final int NOT_FOUND = 404;

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Option(names = "--windows", description = "Also checks all accounts, window by window.")
  private boolean windows;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "Checks this account only, window by window, and no invariants.")
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
      requireExisting(api, account);
      return List.of(AccountAudit.of(api, calendar, account.value()));
    }
    return windows ? AccountAudit.all(api, calendar) : List.of();
  }

  private static void requireExisting(Api api, AccountId account) {
    if (api.get(Service.ACCOUNT, "/v1/accounts/" + account).status() == NOT_FOUND) {
      throw new CommandException("account %s does not exist".formatted(account));
    }
  }

  private void say(String line) {
    Output.line(Output.of(spec), line);
  }
}
