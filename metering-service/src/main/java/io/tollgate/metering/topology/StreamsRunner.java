package io.tollgate.metering.topology;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tollgate.support.messaging.ClientMeters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the topology while the service runs. A thread that dies is replaced after a pause, and
 * failed streams are created again: only the infrastructure can stop them, and it recovers.
 */
public final class StreamsRunner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
  private static final int AFTER_TOPICS = -500;

  private final Topology topology;
  private final Properties properties;
  private final ClientMeters meters;
  private final String watchdogName;
  private @Nullable KafkaStreams streams;
  private @Nullable ScheduledExecutorService watchdog;

  StreamsRunner(
      Topology topology, Properties properties, ClientMeters meters, String watchdogName) {
    this.topology = topology;
    this.properties = properties;
    this.meters = meters;
    this.watchdogName = watchdogName;
  }

  @Override
  public synchronized void start() {
    if (streams != null) {
      return;
    }
    streams = begin();
    watchdog =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(watchdogName).factory());
    var unused =
        watchdog.scheduleWithFixedDelay(
            this::revive, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private KafkaStreams begin() {
    KafkaStreams made = new MeteredStreams(topology, properties);
    made.setUncaughtExceptionHandler(
        failure -> {
          log.error("A stream thread died and is being replaced", failure);
          LockSupport.parkNanos(PAUSE.toNanos());
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    made.start();
    meters.opened(made, threads -> new KafkaStreamsMetrics(made, List.of(), threads));
    return made;
  }

  private synchronized void revive() {
    KafkaStreams current = streams;
    if (current == null || current.state() != KafkaStreams.State.ERROR) {
      return;
    }
    log.error("The streams died and are being created again");
    meters.closed(current);
    current.close(CLOSE_TIMEOUT);
    try {
      streams = begin();
    } catch (RuntimeException e) {
      log.error("The streams cannot be started yet", e);
    }
  }

  /** The streams as they run now. */
  public synchronized KafkaStreams streams() {
    KafkaStreams current = streams;
    if (current == null) {
      throw new IllegalStateException("the streams are not started");
    }
    return current;
  }

  /** Whether every thread is alive. */
  public synchronized boolean isHealthy() {
    KafkaStreams current = streams;
    return current != null && current.state().isRunningOrRebalancing();
  }

  @Override
  public void stop() {
    ScheduledExecutorService guard;
    KafkaStreams current;
    synchronized (this) {
      guard = watchdog;
      current = streams;
      watchdog = null;
      streams = null;
    }
    if (guard != null) {
      guard.shutdownNow();
    }
    if (current == null) {
      return;
    }
    meters.closed(current);
    if (!current.close(CLOSE_TIMEOUT)) {
      log.warn("The streams did not stop within {}", CLOSE_TIMEOUT);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return streams != null;
  }

  @Override
  public int getPhase() {
    return AFTER_TOPICS;
  }

  /** Shows what its clients keep of themselves, and not what they keep of each partition. */
  private static final class MeteredStreams extends KafkaStreams {
    MeteredStreams(Topology topology, Properties properties) {
      super(topology, properties);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
      return ClientMeters.ofWholeClient(super.metrics());
    }
  }
}
