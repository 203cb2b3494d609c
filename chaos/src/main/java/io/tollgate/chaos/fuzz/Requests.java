package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.Operation.Port;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends the requests, from several clients at once over connections that are kept. */
final class Requests {

  private static final int CLIENTS = 16;

  private final RequestMaker maker;
  private final Ports ports;
  private final Judge judge;
  private final Tally tally;

  Requests(RequestMaker maker, Ports ports, Judge judge, Tally tally) {
    this.maker = maker;
    this.ports = ports;
    this.judge = judge;
    this.tally = tally;
  }

  /** Sends so many; returns when all are answered. */
  void send(long requests) {
    AtomicLong next = new AtomicLong();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(clients.submit(() -> client(next, requests)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void client(AtomicLong next, long requests) {
    Map<URI, Connection> connections = new HashMap<>();
    try {
      for (long n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
        FuzzRequest request = maker.make(n);
        Answer answer =
            exchange(
                connections.computeIfAbsent(address(request.operation()), Connection::new),
                request);
        tally.count(request, answer, judge.judge(request, answer));
      }
    } finally {
      connections.values().forEach(Connection::close);
    }
  }

  private URI address(Operation operation) {
    Service service = operation.service();
    return operation.port() == Port.PUBLIC ? ports.url(service) : ports.managementUrl(service);
  }

  private static Answer exchange(Connection connection, FuzzRequest request) {
    return request.kind() == FuzzRequest.Kind.MALFORMED
        ? connection.provoke(request.bytes())
        : connection.ask(request.bytes(), request.head());
  }
}
