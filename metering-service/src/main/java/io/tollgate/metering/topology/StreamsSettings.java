package io.tollgate.metering.topology;

import io.tollgate.metering.MeteringSettings;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** The settings of Kafka Streams; each deviation from a default has its reason. */
final class StreamsSettings {

  private static final int SESSION_TIMEOUT_MILLIS = 10_000;
  private static final int PROBING_INTERVAL_MILLIS = 60_000;
  private static final int WARMUPS = 8;
  private static final long RECOVERY_LAG = 1_000_000;
  private static final int COMMIT_INTERVAL_MILLIS = 1_000;
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int BUFFERED_RECORDS = 100;

  /** For what is written with every record: a few counters a task. Totals have their own. */
  private static final long CACHE_BYTES = 1024 * 1024;

  private StreamsSettings() {}

  static Properties of(
      MeteringSettings metering, KafkaSettings kafka, KafkaClients clients, RocksMemory memory) {
    ServiceIdentity identity = clients.identity();
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, StreamsGroup.of(metering.generation()));
    p.putAll(clients.connection());
    p.put(StreamsConfig.CLIENT_ID_CONFIG, identity.named(identity.instance() + "-streams"));
    p.put(
        StreamsConfig.STATE_DIR_CONFIG,
        identity
            .dataDirectory()
            .resolve(identity.service() + "-" + identity.instance() + "-state")
            .toAbsolutePath()
            .toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // At the latest; a task asks for it sooner while little comes (CommitPace).
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, metering.threads());
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, metering.standbys());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replicationFactor());
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailExceptionHandler.class);
    p.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);
    p.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.Setter.class);
    p.put(RocksMemory.CONFIG, memory);
    // Quick to notice a dead member, and static so that a restart within that time moves nothing.
    p.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    p.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        clients.instanceId());
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    // A task goes to an instance that has to restore so many entries, which takes a second or two;
    // one further behind is warmed up first, several at a time, and looked at again every minute.
    p.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, RECOVERY_LAG);
    p.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARMUPS);
    p.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL_MILLIS);
    // Closing hundreds of thousands of series takes seconds; the default of 10 s is too short.
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Math.toIntExact(metering.transactionTimeout().toMillis()));
    p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // Changelog records are small: in batches of the default 16 KiB they wake the sender, and cost
    // the broker a write, every two hundred events.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    // A record may hold hundreds of events, 64 KiB of them. What waits on the heap is at most what
    // is buffered and one more poll: 2 x 100 x 64 KiB a partition.
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), BUFFERED_RECORDS);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 * 1024 * 1024);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    p.put(StreamsConfig.topicPrefix("message.timestamp.type"), "LogAppendTime");
    return p;
  }
}
