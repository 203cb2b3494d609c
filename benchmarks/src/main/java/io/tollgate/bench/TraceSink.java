package io.tollgate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Receives traces and forgets them, so that exporting them is measured and storing them is not. */
final class TraceSink implements AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final int OK = 200;

  private final HttpServer server;
  private final AtomicLong bytes = new AtomicLong();

  private TraceSink(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port of this machine. */
  static TraceSink start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TraceSink sink = new TraceSink(server);
    server.createContext(PATH, sink::receive);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return sink;
  }

  /** Lets a system record every request and export it to here. */
  Map<String, String> environment() {
    return Map.of(
        "TOLLGATE_TRACING",
        "true",
        "TOLLGATE_TRACING_PROBABILITY",
        "1",
        "TOLLGATE_TRACING_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /** Size of everything received. */
  long bytes() {
    return bytes.get();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      bytes.addAndGet(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
      exchange.sendResponseHeaders(OK, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
