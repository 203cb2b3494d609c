package io.tollgate.store.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.observability.Histograms;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the outbox: select in id order, send all in one Kafka transaction, commit, delete.
 *
 * <p>One relay per service works at a time: it holds an advisory lock on its own connection, and
 * its fixed transactional id lets a newer relay fence an older one that does not know yet that it
 * lost the lock. A crash between commit and delete publishes the same rows again; their sequence
 * numbers let consumers skip them. Rows become visible in any order: nothing is ever passed over,
 * because what is done is deleted and not remembered by its id (F17).
 */
public final class OutboxRelay implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final KafkaClients clients;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicLong relayed = new AtomicLong();
  private final Timer delay;
  private volatile @Nullable Thread thread;

  private @Nullable OutboxSession session;
  private @Nullable Producer<byte[], byte[]> producer;

  /** A relay of one service's outbox, not yet running. */
  public OutboxRelay(DataSource dataSource, KafkaClients clients, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.clients = clients;
    this.producers = () -> new KafkaProducer<>(OutboxRecords.producerConfig(clients));
    this.delay =
        Histograms.ofDelays(
            meters,
            "tollgate_outbox_delay_seconds",
            "From writing an event to the outbox to publishing it",
            Tags.empty());
  }

  /** Looks at the outbox now rather than at the next poll. */
  public void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** Rows published since the start. */
  public long relayed() {
    return relayed.get();
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      Thread started = new Thread(this::loop, clients.identity().named("outbox-relay"));
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  @Override
  public void stop() {
    Thread running;
    synchronized (this) {
      running = thread;
      thread = null;
    }
    wake();
    if (running != null) {
      join(running);
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return 0;
  }

  private void loop() {
    Duration backoff = FIRST_BACKOFF;
    while (isRunning()) {
      try {
        boolean more = relayOnce();
        backoff = FIRST_BACKOFF;
        if (!more) {
          await(POLL);
        }
      } catch (SQLException | RuntimeException e) {
        log.warn(
            "The outbox cannot be published, next try in {} ms: {}",
            backoff.toMillis(),
            e.toString());
        release();
        await(backoff);
        backoff =
            backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0
                ? backoff.multipliedBy(2)
                : MAX_BACKOFF;
      }
    }
    release();
  }

  private boolean relayOnce() throws SQLException {
    OutboxSession current = session;
    if (current == null) {
      current = OutboxSession.open(dataSource);
      if (current == null) {
        return false;
      }
      session = current;
    }
    List<OutboxRecords.Row> rows = current.oldest();
    if (rows.isEmpty()) {
      return false;
    }
    long read = System.nanoTime();
    publish(rows);
    long published = System.nanoTime();
    rows.forEach(row -> delay.record(row.waitedNanos() + published - read, TimeUnit.NANOSECONDS));
    FaultPoint.OUTBOX_AFTER_SEND_BEFORE_MARK.reach();
    current.delete(rows);
    relayed.addAndGet(rows.size());
    return true;
  }

  private void publish(List<OutboxRecords.Row> rows) {
    Producer<byte[], byte[]> current = producer;
    if (current == null) {
      current = producers.get();
      producer = current;
      clients.meters().opened(current);
      current.initTransactions();
    }
    current.beginTransaction();
    for (OutboxRecords.Row row : rows) {
      var unused = current.send(OutboxRecords.toRecord(row));
    }
    current.commitTransaction();
  }

  private void release() {
    if (producer != null) {
      clients.meters().closed(producer);
      try {
        producer.close(Duration.ofSeconds(5));
      } catch (KafkaException e) {
        log.info("The outbox's producer did not close: {}", e.toString());
      }
      producer = null;
    }
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private void await(Duration time) {
    try {
      if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread = null;
    }
  }

  private static void join(Thread running) {
    try {
      running.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
