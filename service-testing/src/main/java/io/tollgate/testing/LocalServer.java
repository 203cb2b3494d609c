package io.tollgate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Accepts connections on a free port of this machine and serves each on a thread of its own. */
public final class LocalServer implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket server;

  private LocalServer(ServerSocket server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param serve serves a connection and closes it
   */
  public static LocalServer start(Consumer<Socket> serve) {
    try {
      LocalServer started =
          new LocalServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(() -> started.accept(serve));
      return started;
    } catch (IOException e) {
      throw new IllegalStateException("no server on this machine", e);
    }
  }

  private void accept(Consumer<Socket> serve) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve.accept(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
