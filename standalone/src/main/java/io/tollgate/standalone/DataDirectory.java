package io.tollgate.standalone;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.TokenMinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything a deployment keeps: broker, database, states, keys, inputs and exports.
 *
 * <p>At most one process runs on it, which holds its lock; the lock ends with the process, whatever
 * kills it.
 */
public record DataDirectory(Path root) {

  /** What a deployment leaves here; a mounted disk has a directory of its own beside it. */
  private static final Set<String> OURS =
      Set.of(
          "kafka",
          "postgres",
          "services",
          "keys",
          "logs",
          "input",
          "export",
          "lock",
          "process.properties",
          "process.properties.new",
          "settings.properties",
          "settings.properties.new",
          "lost+found");

  /** Normalises the path, so that a later change of the working directory does not matter. */
  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path database() {
    return root.resolve("postgres");
  }

  Path service(Service service) {
    return root.resolve("services").resolve(service.label());
  }

  Path processFile() {
    return root.resolve("process.properties");
  }

  private Path settingsFile() {
    return root.resolve("settings.properties");
  }

  /** Whether something was ever started on it. */
  boolean isUsed() {
    return Files.exists(settingsFile());
  }

  /** By which clock and in which zone everything on it is; empty when it was never used. */
  Optional<DirectorySettings> settings() {
    return DirectorySettings.read(settingsFile());
  }

  /**
   * Keeps the settings of its first use, and refuses others from then on.
   *
   * @throws CommandException when they contradict what it keeps
   */
  void keep(DirectorySettings settings) {
    settings()
        .ifPresentOrElse(
            kept -> kept.require(settings, this), () -> settings.write(settingsFile()));
  }

  /** Where the log goes. */
  public Path log() {
    return root.resolve("logs").resolve("tollgate.log");
  }

  /** A directory of its own for a part. */
  public Path part(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that runs on it now. */
  public Optional<RunningProcess> running() {
    if (!Files.exists(processFile()) || tryLock().map(DataDirectory::release).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(RunningProcess.read(processFile()));
  }

  /**
   * Looks whether it can be taken; creates nothing.
   *
   * @throws CommandException when a process is already running on it
   */
  void requireUnlocked() {
    if (isUsed() && isLocked()) {
      throw alreadyRuns();
    }
  }

  private CommandException alreadyRuns() {
    return new CommandException("a process is already running on " + root);
  }

  /** Whether some process holds it. */
  boolean isLocked() {
    return tryLock().map(DataDirectory::release).isEmpty();
  }

  private static boolean release(Lock lock) {
    lock.close();
    return true;
  }

  /** Whether it holds the key of a deployment, which may run elsewhere. */
  boolean hasKey() {
    return Files.exists(keys().resolve("signing-key.pem"));
  }

  private Path keys() {
    return root.resolve("keys");
  }

  /** Issues tokens that the services of this directory accept. */
  public TokenMinter minter() {
    return TokenMinter.of(keys(), InstantSource.system());
  }

  /** A token of a role. */
  public String token(TokenRole role, Optional<AccountId> account, Duration validity) {
    return token(role, Optional.empty(), account, validity);
  }

  /** A token of a role, for somebody of that name. */
  public String token(
      TokenRole role, Optional<String> name, Optional<AccountId> account, Duration validity) {
    return switch (role) {
      case OPERATOR -> minter().operator(name.orElse("operator"), Scopes.ALL, validity);
      case PLATFORM -> minter().platform(name.orElse("demo"), validity);
      case CUSTOMER ->
          minter()
              .customer(
                  name.orElse("customer"),
                  account.orElseThrow(
                      () -> new IllegalArgumentException("a customer token needs an account")),
                  validity);
      case MONITOR -> minter().monitor(validity);
    };
  }

  /** Whose token. */
  public enum TokenRole {
    OPERATOR,
    PLATFORM,
    CUSTOMER,
    MONITOR
  }

  /** Holds the directory for one process. */
  public record Lock(FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Takes the directory.
   *
   * @throws CommandException when a process is already running on it, or nothing can be written
   *     there
   */
  public Lock lock() {
    return tryLock().orElseThrow(this::alreadyRuns);
  }

  /**
   * Works on a directory on which no deployment runs, and none can be started meanwhile.
   *
   * @throws CommandException when a process runs on it
   */
  void whileStopped(Runnable work) {
    Lock lock = lock();
    try {
      work.run();
    } finally {
      lock.close();
    }
  }

  /** Takes the directory, unless a process has it. */
  public Optional<Lock> tryLock() {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lockOf(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new Lock(channel, lock));
    } catch (IOException e) {
      throw new CommandException(
          "cannot write to %s: %s".formatted(root, DirectoryFaults.inWords(e)));
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock lockOf(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Refuses a directory of somebody else.
   *
   * @throws CommandException when it holds what no deployment leaves there
   */
  void requireOwn() {
    foreign()
        .ifPresent(
            path -> {
              throw new CommandException(
                  "%s holds %s, which is not Tollgate's: choose an empty directory with --data-dir"
                      .formatted(root, path.getFileName()));
            });
  }

  private Optional<Path> foreign() {
    if (!Files.exists(root)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(root)) {
      return children.filter(path -> !OURS.contains(path.getFileName().toString())).findFirst();
    } catch (IOException e) {
      throw new CommandException("cannot read %s: %s".formatted(root, DirectoryFaults.inWords(e)));
    }
  }

  /** Deletes what a deployment left here; refuses a directory that holds anything else. */
  public void wipe() {
    if (!Files.exists(root)) {
      return;
    }
    requireOwn();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot empty " + root, e);
    }
  }
}
