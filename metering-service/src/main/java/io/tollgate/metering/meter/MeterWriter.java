package io.tollgate.metering.meter;

import io.tollgate.metering.log.LogReader;
import io.tollgate.metering.log.LogUnavailableException;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.Topics;
import io.tollgate.support.failure.Causes;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.time.BusinessClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Changes meters one change after the other, whichever instance makes it, and waits until this
 * instance counts with the change.
 *
 * <p>All instances share one transactional id. A change is decided by everything the log holds
 * after the writer has taken that id, and is committed only while nobody else has taken it since:
 * so nothing can have come in between, and no number of a version is given twice. Whoever was
 * overtaken takes the id again and decides anew.
 */
@Component
final class MeterWriter implements DisposableBean {

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int MAX_PAUSES = 1_000;
  private static final int MAX_TRIES = 8;
  private static final long FIRST_WAIT_MILLIS = 50;

  private final KafkaClients clients;
  private final LogReader reader;
  private final MeterDirectory directory;
  private final BusinessClock clock;
  private @Nullable KafkaProducer<String, byte[]> producer;

  MeterWriter(
      KafkaClients clients, LogReader reader, MeterDirectory directory, BusinessClock clock) {
    this.clients = clients;
    this.reader = reader;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * What a change came to.
   *
   * @param definition the version as it is in the log now
   * @param isNew whether the log did not say so before
   */
  record Changed(MeterDefinition definition, boolean isNew) {}

  /**
   * Publishes a version, or that it is withdrawn.
   *
   * @param decide given all meters there are: the version as it is to be; one that is in the log
   *     like this is not published again. Asked once more when another instance was faster
   * @throws LogUnavailableException when the log cannot be read or written in time, or other
   *     instances are faster each time; nothing or all of the change is in it then
   * @throws MeterUnreadableException when a version of the meter cannot be read: its number would
   *     be given again
   * @throws MeterNotInUseException when it is published, and this instance has not read it back
   */
  synchronized Changed change(Function<MeterCatalogue, MeterDefinition> decide) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      Optional<Changed> changed = tryOnce(decide);
      if (changed.isPresent()) {
        awaitUse(changed.get().definition());
        return changed.get();
      }
      long longest = FIRST_WAIT_MILLIS << attempt;
      long wait = ThreadLocalRandom.current().nextLong(longest);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
    }
    throw new LogUnavailableException("other instances change meters at this moment");
  }

  /** Empty when another instance has taken the id. */
  private Optional<Changed> tryOnce(Function<MeterCatalogue, MeterDefinition> decide) {
    try {
      KafkaProducer<String, byte[]> only = theOnlyProducer();
      MeterDirectory.Read read = MeterDirectory.read(reader.whole(Topics.METERS));
      MeterDefinition decided = decide.apply(read.catalogue());
      if (read.catalogue().history(decided.meter()).contains(decided)) {
        return Optional.of(new Changed(decided, false));
      }
      if (read.isUnreadable(decided.meter())) {
        throw new MeterUnreadableException(decided.meter());
      }
      only.beginTransaction();
      // All meters lie in one partition, so that every instance sees versions in their order.
      var unused =
          only.send(new ProducerRecord<>(Topics.METERS, 0, decided.key(), encoded(decided)));
      only.commitTransaction();
      return Optional.of(new Changed(decided, true));
    } catch (KafkaException e) {
      giveUpProducer();
      if (isOvertaken(e)) {
        return Optional.empty();
      }
      throw new LogUnavailableException(e);
    }
  }

  /** Takes the id, unless this instance has it: what others had begun with it ends here. */
  private KafkaProducer<String, byte[]> theOnlyProducer() {
    KafkaProducer<String, byte[]> known = producer;
    if (known == null) {
      known = new KafkaProducer<>(clients.transactionalProducerConfig("meters"));
      producer = known;
      known.initTransactions();
    }
    return known;
  }

  private static boolean isOvertaken(KafkaException failure) {
    return Stream.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class)
        .anyMatch(type -> Causes.find(failure, type).isPresent());
  }

  private byte[] encoded(MeterDefinition definition) {
    String key = definition.key();
    return MeterDefinition.CODEC.encode(
        new EventEnvelope<>(
            definition.withdrawal().isPresent() ? key + "/withdrawal" : key,
            clients.identity().source(),
            MeterDefinition.CODEC.typeOf(definition),
            definition.meter().value(),
            clock.now(),
            0,
            0,
            Optional.empty(),
            definition));
  }

  private void awaitUse(MeterDefinition definition) {
    for (int i = 0; i < MAX_PAUSES; i++) {
      if (isInUse(definition)) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    // The next change must not be decided by less than this one.
    giveUpProducer();
    throw new MeterNotInUseException();
  }

  /** As it was published, or withdrawn since by another instance. */
  private boolean isInUse(MeterDefinition definition) {
    return directory.catalogue().history(definition.meter()).stream()
        .filter(known -> known.version() == definition.version())
        .anyMatch(known -> known.equals(definition) || known.withdrawal().isPresent());
  }

  private void giveUpProducer() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
      producer = null;
    }
  }

  @Override
  public synchronized void destroy() {
    giveUpProducer();
  }
}
