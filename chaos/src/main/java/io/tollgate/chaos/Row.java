package io.tollgate.chaos;

import io.tollgate.embedded.JavaProcess;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import io.tollgate.support.FaultPoint;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One instance of each service, or of some: under one name, on ports and in directories of their
 * own that they find again after every restart.
 */
final class Row {

  private static final Duration READY_LIMIT = Duration.ofMinutes(4);

  private final String name;
  private final Ports ports;
  private final Api api;
  private final Launcher launcher;
  private final Map<Service, JavaProcess> started = new EnumMap<>(Service.class);

  /** Starts the process of an instance. */
  interface Launcher {

    /**
     * Starts it.
     *
     * @param options of its virtual machine
     */
    JavaProcess launch(Row row, Service service, List<String> options);
  }

  Row(String name, Ports ports, Api api, Launcher launcher) {
    this.name = name;
    this.ports = ports;
    this.api = api;
    this.launcher = launcher;
  }

  /** The name of its instances among those of their service. */
  String name() {
    return name;
  }

  Ports ports() {
    return ports;
  }

  Api api() {
    return api;
  }

  /** Starts an instance. */
  void start(Service service) {
    start(service, List.of());
  }

  /** Starts an instance that dies when it comes to a named point of its code. */
  void startToDieAt(Service service, String faultPoint) {
    start(service, List.of("-D" + FaultPoint.PROPERTY + "=" + faultPoint));
  }

  private void start(Service service, List<String> options) {
    started.put(service, launcher.launch(this, service, options));
  }

  /** The process of an instance. */
  JavaProcess of(Service service) {
    return Objects.requireNonNull(started.get(service));
  }

  /** Whether an instance was started and did not end since. */
  boolean isAlive(Service service) {
    return Optional.ofNullable(started.get(service)).filter(JavaProcess::isAlive).isPresent();
  }

  /** Whether an instance says that it is ready. */
  boolean isReady(Service service) {
    return api.health(service).ok();
  }

  /**
   * Waits until an instance says that it is ready.
   *
   * @throws IllegalStateException when it ends instead, or takes minutes
   */
  void awaitReady(Service service) {
    of(service).awaitReady(READY_LIMIT, () -> isReady(service));
  }

  void killAll() {
    started.values().forEach(JavaProcess::kill);
  }

  /** Stops all of them, the first service first. */
  void stop() {
    started.values().forEach(JavaProcess::stop);
  }
}
