package io.tollgate.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Stands between the services and the database: passes on, slows down, or cuts.
 *
 * <p>Slow means that every answer waits; a cut first swallows answers for a moment, so that some
 * transactions are committed and nobody hears of it (F8), then closes every connection.
 */
final class Proxy implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final IntSupplier target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean swallowing;

  private Proxy(ServerSocket listener, IntSupplier target) {
    this.listener = listener;
    this.target = target;
  }

  /**
   * Listens on a free port of the loopback address.
   *
   * @param target the port there to connect to, asked for when somebody connects
   */
  static Proxy to(IntSupplier target) {
    try {
      Proxy proxy = new Proxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Makes every answer wait. */
  void slow(Duration wait) {
    delay = wait;
  }

  /** Swallows answers for a while, then closes every connection. */
  void cut(Duration swallow) {
    swallowing = true;
    try {
      Patience.pass(swallow);
      open.forEach(Proxy::closeQuietly);
    } finally {
      swallowing = false;
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException("the proxy no longer accepts connections", e);
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      closeQuietly(client);
      return;
    }
    open.add(client);
    open.add(server);
    Thread.ofVirtual().start(() -> pump(client, server, false));
    pump(server, client, true);
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (answers && swallowing) {
          continue;
        }
        if (answers && delay.isPositive()) {
          LockSupport.parkNanos(delay.toNanos());
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      closeQuietly(from);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Proxy::closeQuietly);
  }
}
