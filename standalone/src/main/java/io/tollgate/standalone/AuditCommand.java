package io.tollgate.standalone;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Checks every invariant of every service; all differences must be 0.")
final class AuditCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Api api = Api.of(data.directory(), data.running())) {
      AuditReport report = AuditReport.of(api);
      report.lines().forEach(line -> Output.line(Output.of(spec), line));
      return report.green() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
  }
}
