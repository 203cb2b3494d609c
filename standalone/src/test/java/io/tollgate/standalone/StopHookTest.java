package io.tollgate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.JavaCommand;
import java.io.BufferedReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stop of the process closes what runs in it: seen from outside, on a process of its own. */
class StopHookTest {

  private static final int BY_SIGTERM = 128 + 15;

  /** The process that is stopped. */
  static final class Stopped {

    private Stopped() {}

    public static void main(String[] arguments) throws InterruptedException {
      CompletableFuture<StopHook> hook = new CompletableFuture<>();
      hook.complete(
          StopHook.closing(
              () -> {
                // As a deployment does, whoever closes it.
                hook.join().remove();
                System.out.println("closed");
              }));
      if (List.of(arguments).contains("removed")) {
        hook.join().remove();
      }
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }

  /** What a process says from when it is stopped. */
  private static List<String> saidWhenStopped(String... arguments) throws Exception {
    Process process = JavaCommand.ofClass(Stopped.class).to(arguments).startPiped();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      // Through the handle: the process itself would close its output, too.
      assertThat(process.toHandle().destroy()).isTrue();
      List<String> said = out.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(BY_SIGTERM);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aStopOfTheProcessClosesOnceAndTheProcessEnds() throws Exception {
    assertThat(saidWhenStopped()).containsExactly("closed");
  }

  @Test
  void whatWasClosedBeforeIsNotClosedAgain() throws Exception {
    assertThat(saidWhenStopped("removed")).isEmpty();
  }
}
