package io.tollgate.embedded;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Runs any of the parts in a process of its own, until it is told to stop.
 *
 * <p>Prints one line of JSON with the addresses on standard output when all of them are ready.
 */
public final class InfrastructureMain {

  private static final String USAGE =
      """
      usage: InfrastructureMain [--kafka] [--postgres] [--smtp] --data-dir DIR
                                [--kafka-port N] [--postgres-port N] [--smtp-port N]\
      """;

  private InfrastructureMain() {}

  /** Starts what the arguments name and waits. */
  public static void main(String[] args) throws InterruptedException {
    Options options = Options.of(List.of(args));
    Deque<AutoCloseable> running = new ArrayDeque<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "stop-infrastructure"));
    System.out.println(start(options, running));
    System.out.flush();
    new CountDownLatch(1).await();
  }

  private static String start(Options options, Deque<AutoCloseable> running) {
    Map<String, String> ready = new LinkedHashMap<>();
    if (options.has("--postgres")) {
      EmbeddedDatabase database =
          EmbeddedDatabase.start(options.directory("postgres"), options.port("--postgres-port"));
      running.push(database);
      ready.put("postgres", database.jdbcUrl("postgres"));
    }
    if (options.has("--kafka")) {
      EmbeddedKafka kafka =
          EmbeddedKafka.start(options.directory("kafka"), options.port("--kafka-port"));
      running.push(kafka);
      ready.put("kafka", kafka.bootstrapServers());
    }
    if (options.has("--smtp")) {
      EmbeddedSmtp smtp = EmbeddedSmtp.start(options.port("--smtp-port"));
      running.push(smtp);
      ready.put("smtp", smtp.host() + ":" + smtp.port());
    }
    return ready.entrySet().stream()
        .map(part -> "\"" + part.getKey() + "\":\"" + part.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void stop(Deque<AutoCloseable> running) {
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        System.err.println(
            "cannot stop " + part.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  private record Options(List<String> args) {

    static Options of(List<String> args) {
      if (!args.contains("--data-dir")) {
        throw new IllegalArgumentException(USAGE);
      }
      return new Options(args);
    }

    boolean has(String flag) {
      return args.contains(flag);
    }

    Path directory(String part) {
      return Path.of(value("--data-dir", USAGE)).resolve(part);
    }

    int port(String flag) {
      return Integer.parseInt(value(flag, "0"));
    }

    private String value(String flag, String otherwise) {
      int index = args.indexOf(flag);
      return index >= 0 && index + 1 < args.size() ? args.get(index + 1) : otherwise;
    }
  }
}
