package io.tollgate.standalone;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the deployment on the data directory and waits until it has ended.")
final class DownCommand implements Callable<Integer> {

  private static final long LIMIT_SECONDS = 120;

  @Mixin private DirectoryOption data = new DirectoryOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    long pid = data.running().pid();
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    process.destroy();
    try {
      var unused = process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "process %d did not stop within %d s".formatted(pid, LIMIT_SECONDS), e);
    }
    Output.line(Output.of(spec), "stopped process " + pid);
    return ExitCode.DONE;
  }
}
