package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Free ports of the loopback address for servers that must know their port before they open it.
 *
 * <p>They lie below the ports that systems lend to outgoing connections (from 32,768 on Linux, from
 * 49,152 elsewhere): one of those, free now, may belong to a connection when the server opens it.
 */
public final class FreePorts {

  private static final int FIRST = 15_000;
  private static final int FIRST_OF_ROWS = 24_000;
  private static final int END = 32_768;
  private static final int TRIES = 10_000;

  /** Every port of the rows of this process. */
  private static final Set<Integer> IN_ROWS = new HashSet<>();

  private FreePorts() {}

  /** A free port. */
  public static int one() {
    return take(1).getFirst();
  }

  /** Different free ports; all are held open until the last one is known. */
  public static List<Integer> take(int count) {
    Deque<ServerSocket> held = new ArrayDeque<>();
    List<Integer> ports = new ArrayList<>(count);
    try {
      for (int tries = 0; ports.size() < count; tries++) {
        int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_OF_ROWS);
        if (hold(port, held)) {
          ports.add(port);
        } else if (tries > TRIES) {
          throw new IllegalStateException(
              "no free port from %d to %d".formatted(FIRST, FIRST_OF_ROWS - 1));
        }
      }
      return ports;
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  /**
   * The first of some ports in a row that are free, as those some way above them are.
   *
   * <p>A row is opened by a server that is only about to be started, after others have taken ports:
   * it lies above all single ports, and is given once.
   *
   * @param count how many in a row
   * @param above how far above each of them another one must be free
   */
  public static synchronized int row(int count, int above) {
    for (int tries = 0; tries < TRIES; tries++) {
      int first = ThreadLocalRandom.current().nextInt(FIRST_OF_ROWS, END - above - count);
      List<Integer> row =
          IntStream.range(first, first + count)
              .boxed()
              .flatMap(port -> Stream.of(port, port + above))
              .toList();
      Deque<ServerSocket> held = new ArrayDeque<>();
      try {
        if (row.stream().noneMatch(IN_ROWS::contains)
            && row.stream().allMatch(port -> hold(port, held))) {
          IN_ROWS.addAll(row);
          return first;
        }
      } finally {
        held.forEach(FreePorts::release);
      }
    }
    throw new IllegalStateException("no %d free ports in a row".formatted(count));
  }

  private static boolean hold(int port, Deque<ServerSocket> held) {
    try {
      held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
      return true;
    } catch (IOException e) {
      return false; // somebody else has it
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a port cannot be released", e);
    }
  }
}
