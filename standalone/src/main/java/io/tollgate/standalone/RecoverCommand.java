package io.tollgate.standalone;

import io.tollgate.model.event.WireMapper;
import io.tollgate.store.recovery.Recovery;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Reconciles restored databases with the broker, which was not restored. Stop all services"
          + " first.",
      "Prints what was entered after the restore point and must be entered again, one JSON object"
          + " per line. Running it again prints the same and changes nothing."
    })
final class RecoverCommand implements Callable<Integer> {

  @Mixin private StoppedServices services = new StoppedServices();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    services.recovery(this::recover);
    return ExitCode.DONE;
  }

  private void recover(Recovery recovery) {
    Output.line(Output.errorsOf(spec), inWords(recovery.recover()));
    Entries entries = new Entries();
    recovery.eachTakenBack(entries::take);
    PrintWriter out = Output.of(spec);
    entries
        .inOrder()
        .forEach(entry -> Output.line(out, WireMapper.mapper().writeValueAsString(entry)));
  }

  private static String inWords(Recovery.Summary summary) {
    return summary.restored().isEmpty()
        ? "no database has been restored since the last recovery"
        : "restored: %s; %d records of the discarded history will be skipped, %d states will be published again"
            .formatted(
                String.join(", ", summary.restored()), summary.passedOver(), summary.toldAgain());
  }
}
