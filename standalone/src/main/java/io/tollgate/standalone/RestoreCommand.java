package io.tollgate.standalone;

import io.tollgate.embedded.DatabaseArchive;
import io.tollgate.embedded.DatabaseBackups;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Restores the database of a stopped deployment from its archive; the broker is not restored.",
      "Run 'tollgate recover' before starting it again."
    })
final class RestoreCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Restores commits up to this instant of system time (default: all archived ones).")
  private @Nullable Instant at;

  @Option(
      names = "--timeline",
      paramLabel = "N",
      description =
          "The timeline to follow; required if there has been a restore since the base backup.")
  private @Nullable Integer timeline;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "The archive (default: the one given to 'tollgate up').")
  private @Nullable Path archive;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    DataDirectory directory = data.directory();
    directory.whileStopped(() -> restore(directory));
    return ExitCode.DONE;
  }

  private void restore(DataDirectory directory) {
    DatabaseBackups.Restored restored =
        DatabaseBackups.restore(
            directory.database(),
            archive(directory),
            Optional.ofNullable(at),
            Optional.ofNullable(timeline));
    PrintWriter out = Output.of(spec);
    Output.line(out, "restored to " + (at == null ? "the end of the archived log" : at));
    Output.line(
        out,
        restored
            .last()
            .map(last -> "the last replayed transaction was committed at " + last)
            .orElse("no transaction since the base backup was replayed"));
    restored.replaced().ifPresent(path -> Output.line(out, "the previous data is in " + path));
    Output.line(out, "next: tollgate recover --data-dir " + directory.root());
  }

  private DatabaseArchive archive(DataDirectory directory) {
    if (archive != null) {
      return new DatabaseArchive(archive);
    }
    return DatabaseArchive.of(directory.database())
        .orElseThrow(
            () -> new IllegalStateException("the database has no archive: name it with --archive"));
  }
}
