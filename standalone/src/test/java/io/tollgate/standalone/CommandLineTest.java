package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is refused before anything starts: one line that says why, and nothing is left behind. */
class CommandLineTest {

  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  @TempDir private Path temp;

  record Answer(int code, String out, String err) {}

  static Answer run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Tollgate.commandLine()
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Answer(code, out.toString(), err.toString());
  }

  private Answer up(Path directory, String... more) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data-dir", directory.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static void refused(Answer answer, String why) {
    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err().strip().lines()).singleElement().asString().contains(why);
    assertThat(answer.out()).isEmpty();
  }

  private Path usedDirectory(Optional<Instant> clockStart) {
    DataDirectory directory = new DataDirectory(temp.resolve("used"));
    directory.lock().close();
    directory.keep(new DirectorySettings(clockStart, Settings.ZONE));
    return directory.root();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "down",
        "audit",
        "clock",
        "backup",
        "restore",
        "recover",
        "token operator",
        "clock advance --by PT1H",
        "rebuild --projections",
        "rebuild --state-stores"
      })
  void aCommandOnADirectoryThatIsNoneSaysSoAndCreatesNothing(String command) {
    Path none = temp.resolve("none");
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--data-dir", none.toString()));

    Answer answer = run(arguments.toArray(String[]::new));

    assertThat(answer.code()).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(answer.err().strip().lines())
        .singleElement()
        .asString()
        .contains(none + " is not a Tollgate data directory");
    assertThat(none).doesNotExist();
  }

  @Test
  void aCommandOnADirectoryOnWhichNothingRunsSaysHowToStart() {
    Path used = usedDirectory(Optional.empty());

    Answer answer = run("status", "--data-dir", used.toString());

    assertThat(answer.code()).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(answer.err())
        .contains("nothing is running on " + used, "tollgate up --data-dir " + used);
  }

  @Test
  void aStartOfTheClockNeedsATestClock() {
    refused(up(temp.resolve("new"), "--start", START.toString()), "add --test-clock");
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void aDirectoryKeepsItsClock() {
    Path system = usedDirectory(Optional.empty());

    refused(up(system, "--test-clock"), system + " uses the system clock");
  }

  @Test
  void aDirectoryKeepsWhereItsTestClockBeganAndItsZone() {
    Path test = usedDirectory(Optional.of(START));

    refused(
        up(test, "--test-clock", "--start", "2026-03-05T00:00:00Z"),
        "began at " + START.toString());
    refused(up(test, "--zone", "Europe/Berlin"), "is Asia/Shanghai and cannot be changed");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      refused(up(temp.resolve("new"), "--smtp-port", "" + port, "--port", "0"), "port " + port);
      // Ports above are not looked at once one is taken.
      if (port < 60_000) {
        refused(up(temp.resolve("new"), "--port", "" + port), "port %d (metering)".formatted(port));
      }
      assertThat(temp.resolve("new")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "64534", "70000"})
  void portsThatAreNoneAreRefused(String port) {
    refused(up(temp.resolve("new"), "--port", port), "--port %s: must be from 1".formatted(port));
  }

  @Test
  void aDirectoryThatIsLockedIsSaidToBeInUse() {
    Path used = usedDirectory(Optional.empty());
    try (DataDirectory.Lock lock = new DataDirectory(used).lock()) {
      assertThat(lock.lock().isValid()).isTrue();
      refused(up(used), "a process is already running on " + used);
    }
  }

  @Test
  void whatIsSomebodyElsesIsLeftAlone() throws IOException {
    Files.writeString(Files.createDirectories(temp.resolve("home")).resolve("thesis.txt"), "...");

    refused(up(temp.resolve("home")), "holds thesis.txt, which is not Tollgate's");
    assertThat(temp.resolve("home")).isDirectoryNotContaining("glob:**/{lock,logs,keys}");
  }

  /** What a killed process left half written, and what somebody put there since. */
  @Test
  void aDirectoryThatWasUsedIsTakenWhateverElseLiesInIt() throws IOException {
    Path used = usedDirectory(Optional.empty());
    Files.writeString(used.resolve("notes.txt"), "...");

    // It goes on to what the directory keeps, which is looked at after what lies in it.
    refused(up(used, "--port", "0", "--test-clock"), used + " uses the system clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"settings.properties.new", "process.properties.new"})
  void aDraftOfAFirstStartThatWasKilledLocksNobodyOut(String draft) throws IOException {
    DataDirectory directory = new DataDirectory(temp.resolve("killed"));
    directory.lock().close();
    Files.writeString(directory.root().resolve(draft), "zone=");
    try (DataDirectory.Lock lock = directory.lock()) {
      assertThat(lock.lock().isValid()).isTrue();
      refused(up(directory.root(), "--port", "0"), "a process is already running on");
    }
    directory.wipe();
    assertThat(directory.root()).doesNotExist();
  }

  @Test
  void aFileThatCannotBePutInItsPlaceLeavesNoDraft() throws IOException {
    Path used = Files.createDirectories(temp.resolve("blocked"));
    Files.createDirectories(used.resolve("settings.properties").resolve("in-the-way"));
    DirectorySettings settings = new DirectorySettings(Optional.empty(), Settings.ZONE);

    assertThatThrownBy(() -> settings.write(used.resolve("settings.properties")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot write " + used.resolve("settings.properties"));
    assertThat(used.resolve("settings.properties.new")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "new/archive", "new/kafka/../archive"})
  void anArchiveInsideTheDataDirectoryIsRefused(String archive) {
    Path directory = temp.resolve("new");

    refused(
        up(directory, "--port", "0", "--archive", temp.resolve(archive).toString()),
        "is inside the data directory " + directory);
    assertThat(directory).doesNotExist();
  }

  @Test
  void aFileInTheWayAndADirectoryThatCantBeWrittenAreSaidWithoutStackTrace() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    refused(up(file.resolve("data"), "--port", "0"), "cannot write to " + file.resolve("data"));
    refused(up(Path.of("/proc/tollgate"), "--port", "0"), "cannot write to /proc/tollgate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clock advance --by 1d",
        "clock advance --to tomorrow",
        "token operator --valid soon",
        "token customer --account a/b",
        "audit --account a/b",
        "up --zone Shanghai",
        "up --test-clock --start 2026-03-01"
      })
  void aValueThatIsMistypedIsAnsweredWithAnExample(String command) {
    Answer answer = run(command.split(" "));

    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("write e.g.").doesNotContain("java.", "Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"up --port http", "demo --seed x", "up --prot 1", "token", "clock advance", "dwn"})
  void whatIsMistypedIsSaidInOneLineWithTheWayToTheHelp(String command) {
    Answer answer = run(command.split(" "));

    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err().strip().lines()).hasSize(2);
    assertThat(answer.err())
        .startsWith("tollgate: ")
        .containsAnyOf("--help", "Did you mean", "Possible solutions")
        .doesNotContain(" int", " long", "Error:");
  }

  @Test
  void theDemoDeletesNoDeployment() {
    Path used = usedDirectory(Optional.empty());

    refused(run("demo", "--data-dir", used.toString()), "belongs to a deployment of 'tollgate up'");
    assertThat(used.resolve("settings.properties")).exists();
  }

  @Test
  void aMissingCloudWatchDirectoryCostsTheLastDemoNothing() throws IOException {
    Path demo = temp.resolve("demo");
    Path last = Files.createDirectories(demo.resolve("export"));

    refused(
        run("demo", "--data-dir", demo.toString(), "--cloudwatch", "/none/there"),
        "--cloudwatch /none/there: not a directory");
    assertThat(last).exists();
  }

  /** Of services that run elsewhere, such as in containers, a directory may hold nothing else. */
  @Test
  void aDirectoryThatHoldsOnlyAKeyIssuesTokens() {
    Path elsewhere = temp.resolve("elsewhere");
    refused(
        run("demo", "--data-dir", temp.resolve("month").toString(), "--deployment", "" + elsewhere),
        "holds no key of a deployment");

    new DataDirectory(elsewhere).minter();

    assertThat(run("token", "monitor", "--data-dir", elsewhere.toString()).out().strip())
        .matches("[^.\\s]+\\.[^.\\s]+\\.[^.\\s]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "PT0S"})
  void aTokenIsNotIssuedForThePast(String validity) {
    Path used = usedDirectory(Optional.empty());

    refused(
        run("token", "operator", "--valid=" + validity, "--data-dir", used.toString()),
        "must be positive");
  }

  @Test
  void aCustomersTokenNeedsItsAccount() {
    Path used = usedDirectory(Optional.empty());

    refused(run("token", "customer", "--data-dir", used.toString()), "add --account");
    refused(
        run("token", "operator", "--account", "acme", "--data-dir", used.toString()),
        "omit --account");
  }

  @Test
  void helpListsEveryCommandAndTool() {
    Answer answer = run("help");

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .contains(
            "demo", "up", "down", "status", "token", "audit", "clock", "backup", "restore",
            "recover", "rebuild", "bench", "chaos", "scale", "fuzz");
    assertThat(run("help", "up").out()).contains("--test-clock", "--data-dir");
    assertThat(run("help", "up", "now").err()).contains("tollgate up has no command now");
    assertThat(run("up", "--version").out()).startsWith("tollgate ");
  }

  /** 'help clock advance' showed the help of 'clock'. */
  @Test
  void helpOfACommandAtAnyDepthIsWhatTheCommandItselfShows() {
    List<List<String>> commands = new ArrayList<>();
    addCommands(Tollgate.commandLine(), List.of(), commands);
    assertThat(commands).contains(List.of("clock", "advance"), List.of("rebuild"), List.of("help"));
    for (List<String> command : commands) {
      List<String> help = new ArrayList<>(List.of("help"));
      help.addAll(command);
      List<String> itself = new ArrayList<>(command);
      itself.add("--help");

      Answer answer = run(help.toArray(String[]::new));

      assertThat(answer.out())
          .startsWith("Usage: tollgate " + String.join(" ", command))
          .isEqualTo(run(itself.toArray(String[]::new)).out());
      assertThat(answer.code()).isZero();
    }
  }

  private static void addCommands(CommandLine of, List<String> path, List<List<String>> commands) {
    of.getSubcommands()
        .forEach(
            (name, command) -> {
              List<String> deeper = new ArrayList<>(path);
              deeper.add(name);
              commands.add(List.copyOf(deeper));
              addCommands(command, deeper, commands);
            });
  }
}
