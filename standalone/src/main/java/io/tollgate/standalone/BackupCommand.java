package io.tollgate.standalone;

import io.tollgate.embedded.DatabaseBackups;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a base backup of the running database into the archive of 'tollgate up --archive'.",
      "Together with the WAL archived since, it can be restored to any later instant."
    })
final class BackupCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var unused = data.running();
    Path base = DatabaseBackups.take(data.directory().database());
    Output.line(Output.of(spec), base.toString());
    return ExitCode.DONE;
  }
}
