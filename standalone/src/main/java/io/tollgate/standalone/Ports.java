package io.tollgate.standalone;

import io.tollgate.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the services of one process listen, on the loopback address only. */
public record Ports(Map<Service, Integer> http, Map<Service, Integer> management) {

  private static final int MANAGEMENT_OFFSET = 1_000;
  private static final int HIGHEST_FIRST = 65_535 - MANAGEMENT_OFFSET - Service.values().length + 1;

  /** Keeps its own copies. */
  public Ports {
    http = Map.copyOf(http);
    management = Map.copyOf(management);
  }

  /**
   * Consecutive ports from the first one; management ports a thousand above.
   *
   * @param first the first service's port; 0 for any free ones
   * @throws CommandException when there are no such ports
   */
  public static Ports from(int first) {
    if (first < 0 || first > HIGHEST_FIRST) {
      throw new CommandException(
          "--port %d: must be from 1 to %d, or 0 for any free ports"
              .formatted(first, HIGHEST_FIRST));
    }
    if (first == 0) {
      return free(1).getFirst();
    }
    Map<Service, Integer> http = new EnumMap<>(Service.class);
    Map<Service, Integer> management = new EnumMap<>(Service.class);
    int next = first;
    for (Service service : Service.values()) {
      http.put(service, next);
      management.put(service, next + MANAGEMENT_OFFSET);
      next++;
    }
    return new Ports(http, management);
  }

  /**
   * Looks whether all of them can be listened on.
   *
   * @throws CommandException naming the first that is taken
   */
  void requireFree() {
    for (Service service : Service.values()) {
      requireFree(url(service).getPort(), service.label(), "--port");
      requireFree(managementUrl(service).getPort(), service.label() + " management", "--port");
    }
  }

  /**
   * Looks whether a port can be listened on.
   *
   * @param port 0 for any
   * @param option the option that chooses another
   * @throws CommandException when it is taken, or none
   */
  static void requireFree(int port, String user, String option) {
    if (port < 0 || port > 65_535) {
      throw new CommandException("%s %d: must be from 0 to 65535".formatted(option, port));
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      if (!socket.isBound()) {
        throw new IOException("not bound");
      }
    } catch (IOException e) {
      throw new CommandException(
          "port %d (%s) cannot be listened on: %s; choose another with %s, or 0 for any"
              .formatted(port, user, e.getMessage(), option));
    }
  }

  /** Free ports for several processes, all different. */
  public static List<Ports> free(int processes) {
    Iterator<Integer> free = FreePorts.take(2 * Service.values().length * processes).iterator();
    return Stream.generate(() -> next(free)).limit(processes).toList();
  }

  private static Ports next(Iterator<Integer> free) {
    Map<Service, Integer> http = new EnumMap<>(Service.class);
    Map<Service, Integer> management = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      http.put(service, free.next());
      management.put(service, free.next());
    }
    return new Ports(http, management);
  }

  /** Base address of a service. */
  public URI url(Service service) {
    return address(http, service);
  }

  /** Base address of a service's management. */
  public URI managementUrl(Service service) {
    return address(management, service);
  }

  /** Base addresses of all services, in order. */
  public List<URI> urls() {
    return List.of(Service.values()).stream().map(this::url).toList();
  }

  private static URI address(Map<Service, Integer> ports, Service service) {
    Integer port = ports.get(service);
    if (port == null) {
      throw new IllegalArgumentException("no port of " + service);
    }
    return URI.create("http://127.0.0.1:" + port);
  }
}
