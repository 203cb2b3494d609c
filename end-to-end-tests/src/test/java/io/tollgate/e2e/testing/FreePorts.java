package io.tollgate.e2e.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Finds ports that a deployment can keep over its restarts. */
final class FreePorts {

  /** Below the ports that systems give away by themselves. */
  private static final int LOWEST = 20_000;

  private static final int RANGE = 8_000;
  private static final int SERVICES = 4;
  private static final int MANAGEMENT_OFFSET = 1_000;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /** The first of four ports that are free, as those a thousand above them are. */
  static int first() {
    Random random = new Random();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = LOWEST + random.nextInt(RANGE);
      if (areFree(first) && areFree(first + MANAGEMENT_OFFSET)) {
        return first;
      }
    }
    throw new IllegalStateException("no free ports");
  }

  private static boolean areFree(int first) {
    for (int port = first; port < first + SERVICES; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (!socket.isBound()) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
