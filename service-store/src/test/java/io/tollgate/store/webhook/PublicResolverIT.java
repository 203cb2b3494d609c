package io.tollgate.store.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A name that was harmless when it was registered may lead elsewhere when it is called. */
class PublicResolverIT {

  private static int call(PublicResolver resolver, int port) {
    return HttpClient.create(ConnectionProvider.newConnection())
        .resolver(resolver)
        .get()
        .uri("http://localhost:" + port + "/")
        .response()
        .map(response -> response.status().code())
        .blockOptional(Duration.ofSeconds(20))
        .orElseThrow();
  }

  @Test
  void noConnectionIsMadeToANameThatDoesNotLeadToAPublicAddress() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    try (PublicResolver strict = new PublicResolver(false);
        PublicResolver open = new PublicResolver(true)) {
      assertThatThrownBy(() -> call(strict, port))
          .rootCause()
          .isInstanceOf(PublicResolver.NotPublicException.class)
          .hasMessageContaining("is loopback");
      assertThat(calls).hasValue(0);
      assertThat(call(open, port)).isEqualTo(204);
      assertThat(calls).hasValue(1);
    } finally {
      server.stop(0);
    }
  }
}
