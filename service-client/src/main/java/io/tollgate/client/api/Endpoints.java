package io.tollgate.client.api;

import java.net.URI;

/**
 * Where the services are.
 *
 * @param metering the metering service
 * @param billing the billing service
 * @param account the account service
 * @param notification the notification service
 */
public record Endpoints(URI metering, URI billing, URI account, URI notification) {

  /** All services behind one address. */
  public static Endpoints behind(URI gateway) {
    return new Endpoints(gateway, gateway, gateway, gateway);
  }

  /** The ports of a local deployment, as started by {@code tollgate up}. */
  public static Endpoints local() {
    return new Endpoints(port(8081), port(8082), port(8083), port(8084));
  }

  private static URI port(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
