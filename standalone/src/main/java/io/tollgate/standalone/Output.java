package io.tollgate.standalone;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where commands write for people. */
public final class Output {

  private Output() {}

  /** The output of a command; the console outside of one. */
  public static PrintWriter of(@Nullable CommandSpec spec) {
    return spec != null
        ? spec.commandLine().getOut()
        : new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  }

  /** What people are told beside a result that goes into a file or another command. */
  static PrintWriter errorsOf(@Nullable CommandSpec spec) {
    return spec != null
        ? spec.commandLine().getErr()
        : new PrintWriter(System.err, true, StandardCharsets.UTF_8);
  }

  /** A line, seen at once also through a pipe. */
  public static void line(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
