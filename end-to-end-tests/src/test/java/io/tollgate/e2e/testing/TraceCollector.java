package io.tollgate.e2e.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Receives traces as a collector does: OTLP over HTTP, in Protocol Buffers. */
public final class TraceCollector implements AutoCloseable {

  private static final String PATH = "/v1/traces";

  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

  private TraceCollector(HttpServer server) {
    this.server = server;
  }

  /**
   * A span that was exported.
   *
   * @param service whose it is
   * @param text all of it, to be searched
   */
  public record ReceivedSpan(
      String service, String trace, String id, String parent, String name, String text) {}

  /** Starts on a free port of this machine. */
  public static TraceCollector start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TraceCollector collector = new TraceCollector(server);
      server.createContext(PATH, collector::receive);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException("no collector on this machine", e);
    }
  }

  /** Where traces are sent. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** The spans of a trace that came so far. */
  public List<ReceivedSpan> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** Everything that came so far. */
  public List<ReceivedSpan> all() {
    return List.copyOf(spans);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InvalidProtocolBufferException e) {
      exchange.sendResponseHeaders(400, -1);
    }
  }

  private void add(ExportTraceServiceRequest request) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      String service = service(resource.getResource().getAttributesList());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> spans.add(received(service, span)));
      }
    }
  }

  private static ReceivedSpan received(String service, Span span) {
    return new ReceivedSpan(
        service,
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.toString());
  }

  private static String service(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
