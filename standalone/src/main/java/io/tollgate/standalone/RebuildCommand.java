package io.tollgate.standalone;

import io.tollgate.store.recovery.Recovery;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = "Rebuilds derived data at the next start. Stop all services first.")
final class RebuildCommand implements Callable<Integer> {

  @Mixin private StoppedServices services = new StoppedServices();

  @ArgGroup(exclusive = false, multiplicity = "1")
  private What what = new What();

  @Spec private @Nullable CommandSpec spec;

  /** What is rebuilt. */
  static final class What {
    @Option(
        names = "--state-stores",
        description =
            "The aggregation state of metering in the data directory, from its changelogs.")
    private boolean stateStores;

    @Option(
        names = "--projections",
        description =
            "The copies of instances and contacts in metering, billing and notification; the"
                + " account service publishes them again.")
    private boolean projections;
  }

  @Override
  public Integer call() {
    if (what.stateStores) {
      DataDirectory directory = services.directory();
      directory.whileStopped(() -> deleteStates(directory.service(Service.METERING)));
    }
    if (what.projections) {
      services.recovery(this::tellAgain);
    }
    return ExitCode.DONE;
  }

  private void deleteStates(Path metering) {
    PrintWriter out = Output.of(spec);
    try (Stream<Path> parts = Files.list(metering)) {
      List<Path> states =
          parts.filter(part -> part.getFileName().toString().endsWith("-state")).toList();
      for (Path state : states) {
        FileSystemUtils.deleteRecursively(state);
        Output.line(out, "deleted " + state);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the states in " + metering, e);
    }
  }

  private void tellAgain(Recovery recovery) {
    Output.line(
        Output.of(spec), "%d states will be published again".formatted(recovery.tellStatesAgain()));
  }
}
