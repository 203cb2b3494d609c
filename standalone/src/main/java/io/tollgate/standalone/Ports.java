package io.tollgate.standalone;

import io.tollgate.embedded.FreePorts;
import java.net.URI;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the services of one process listen, on the loopback address only. */
public record Ports(Map<Service, Integer> http, Map<Service, Integer> management) {

  private static final int MANAGEMENT_OFFSET = 1_000;

  /** Keeps its own copies. */
  public Ports {
    http = Map.copyOf(http);
    management = Map.copyOf(management);
  }

  /**
   * Consecutive ports from the first one; management ports a thousand above.
   *
   * @param first the first service's port; 0 for any free ones
   */
  public static Ports from(int first) {
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
