package io.tollgate.support;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Identifies the service and its instance.
 *
 * <p>Client ids, thread names, consumer groups and transactional ids derive from it, so that
 * several services can run in one process without conflicts.
 *
 * @param service the service's name, e.g. {@code billing} ({@code spring.application.name})
 * @param instance the instance's name, unique among the service's ({@code tollgate.instance})
 * @param dataDirectory where the instance keeps what must survive a restart ({@code
 *     tollgate.data-dir})
 */
public record ServiceIdentity(String service, String instance, Path dataDirectory) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Refuses names that could not be part of a client id or a file name. */
  public ServiceIdentity {
    if (!NAME.matcher(service).matches() || !NAME.matcher(instance).matches()) {
      throw new IllegalArgumentException("service and instance must match " + NAME.pattern());
    }
  }

  /** What the service's events carry as CloudEvents {@code source}. */
  public String source() {
    return "tollgate/" + service;
  }

  /** A name for a thread or a client of this instance. */
  public String named(String part) {
    return service + "-" + part;
  }
}
