package io.tollgate.support.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Shows the metrics that Kafka's own clients keep, from when a client was made until it is closed.
 * Which of them are shown is decided by a meter filter: a client has hundreds.
 */
public final class ClientMeters implements AutoCloseable {

  private final Optional<MeterRegistry> meters;
  private final Map<Object, MeterBinder> shown = new ConcurrentHashMap<>();

  /** Looks for metrics that a client makes later, for instance those of a topic. */
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kafka-client-meters").factory());

  private ClientMeters(Optional<MeterRegistry> meters) {
    this.meters = meters;
  }

  /** Shows them in a registry. */
  public static ClientMeters in(MeterRegistry meters) {
    return new ClientMeters(Optional.of(meters));
  }

  /** Shows nothing: for commands and tests. */
  public static ClientMeters none() {
    return new ClientMeters(Optional.empty());
  }

  /** A consumer was made. */
  public void opened(Consumer<?, ?> consumer) {
    opened(consumer, threads -> new KafkaClientMetrics(showingWhole(consumer), List.of(), threads));
  }

  /**
   * Those of a client as a whole, without those of a topic or partition. Micrometer gives both the
   * same name, and forgets the one when the other appears.
   */
  public static Map<MetricName, Metric> ofWholeClient(Map<MetricName, ? extends Metric> metrics) {
    Map<MetricName, Metric> whole = new HashMap<>(metrics);
    whole.keySet().removeIf(name -> name.tags().containsKey("topic"));
    return whole;
  }

  /** A consumer that can only be asked for its metrics. */
  private static Consumer<?, ?> showingWhole(Consumer<?, ?> consumer) {
    return (Consumer<?, ?>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("metrics")) {
                return ofWholeClient(consumer.metrics());
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** A producer was made. */
  public void opened(Producer<?, ?> producer) {
    opened(producer, threads -> new KafkaClientMetrics(producer, List.of(), threads));
  }

  /**
   * Another client was made.
   *
   * @param metrics binds it; looks for new metrics on the given thread
   */
  public void opened(
      Object client, Function<ScheduledExecutorService, ? extends MeterBinder> metrics) {
    meters.ifPresent(
        registry -> {
          closed(client);
          MeterBinder bound = metrics.apply(schedule);
          bound.bindTo(registry);
          shown.put(client, bound);
        });
  }

  /** A client is closed: what it counted is shown no longer. */
  public void closed(Object client) {
    if (shown.remove(client) instanceof AutoCloseable bound) {
      close(bound);
    }
  }

  private static void close(AutoCloseable bound) {
    try {
      bound.close();
    } catch (Exception e) {
      throw new IllegalStateException("the metrics of a client cannot be closed", e);
    }
  }

  @Override
  public void close() {
    List.copyOf(shown.keySet()).forEach(this::closed);
    schedule.shutdownNow();
  }
}
