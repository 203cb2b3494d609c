package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a Java virtual machine of its own is started, on the Java that runs this one.
 *
 * @param options of the virtual machine
 * @param program the class path and main class, or the jar
 * @param arguments of the program
 * @param environment what is added to this process's
 */
public record JavaCommand(
    List<String> options,
    List<String> program,
    List<String> arguments,
    Map<String, String> environment) {

  /** What every process of ours needs. */
  private static final List<String> USUAL =
      List.of("-Duser.timezone=UTC", "-Dfile.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED");

  /** Keeps its own copies. */
  public JavaCommand {
    options = List.copyOf(options);
    program = List.copyOf(program);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Runs a main class from this process's class path. */
  public static JavaCommand ofClass(Class<?> main) {
    return of(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
  }

  /** Runs an executable jar. */
  public static JavaCommand ofJar(Path jar) {
    return of(List.of("-jar", jar.toAbsolutePath().toString()));
  }

  /**
   * Runs the packaged application that the system property {@code tollgate.app-jar} names, or its
   * main class from this process's class path when there is none.
   */
  public static JavaCommand ofApplication(Class<?> main) {
    String jar = System.getProperty("tollgate.app-jar", "");
    return jar.isEmpty() ? ofClass(main) : ofJar(Path.of(jar));
  }

  private static JavaCommand of(List<String> program) {
    return new JavaCommand(List.of(), program, List.of(), Map.of());
  }

  /** With further options of the virtual machine. */
  public JavaCommand with(String... more) {
    return with(List.of(more));
  }

  /** With further options of the virtual machine. */
  public JavaCommand with(List<String> more) {
    return new JavaCommand(joined(options, more), program, arguments, environment);
  }

  /** With further arguments of the program. */
  public JavaCommand to(String... more) {
    return to(List.of(more));
  }

  /** With further arguments of the program. */
  public JavaCommand to(List<String> more) {
    return new JavaCommand(options, program, joined(arguments, more), environment);
  }

  /** With a variable of the environment. */
  public JavaCommand in(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new JavaCommand(options, program, arguments, more);
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** Program and arguments, as an operating system takes them. */
  public List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(USUAL);
    line.addAll(options);
    line.addAll(program);
    line.addAll(arguments);
    return line;
  }

  /**
   * Starts it.
   *
   * @param output what it prints is added to this file
   */
  public JavaProcess start(Path output) {
    return new JavaProcess(start(ProcessBuilder.Redirect.appendTo(output.toFile())), output);
  }

  /** Starts it for whoever reads what it prints. */
  public Process startPiped() {
    return start(ProcessBuilder.Redirect.PIPE);
  }

  private Process start(ProcessBuilder.Redirect output) {
    ProcessBuilder builder =
        new ProcessBuilder(line()).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program.getLast(), e);
    }
  }
}
