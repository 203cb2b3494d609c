package io.tollgate.support.messaging;

import io.tollgate.support.ServiceIdentity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The base settings of every Kafka client of a service.
 *
 * <p>Producers wait for all replicas and are idempotent, with bounded memory and short blocking, so
 * that a slow broker is noticed immediately. Consumers read committed records only and never choose
 * a position themselves. Each call returns a new map to be completed.
 */
public final class KafkaClients {

  private static final int MEBIBYTE = 1024 * 1024;

  private final KafkaSettings settings;
  private final ServiceIdentity identity;
  private final InstanceIds instanceIds;
  private final ClientMeters meters;

  /** Clients of one service instance whose metrics nobody looks at. */
  public KafkaClients(KafkaSettings settings, ServiceIdentity identity) {
    this(settings, identity, ClientMeters.none());
  }

  /** Clients of one service instance. */
  public KafkaClients(KafkaSettings settings, ServiceIdentity identity, ClientMeters meters) {
    this.settings = settings;
    this.identity = identity;
    this.instanceIds = new InstanceIds(identity);
    this.meters = meters;
  }

  /** Where clients that stay open show their metrics. */
  public ClientMeters meters() {
    return meters;
  }

  /** The service these clients belong to. */
  public ServiceIdentity identity() {
    return identity;
  }

  /** The persisted id of this instance among its service's, for static group membership. */
  public String instanceId() {
    return instanceIds.instanceId();
  }

  /** An administrative client; close it. */
  public Admin admin(String part) {
    return Admin.create(adminConfig(part));
  }

  /** Settings of an administrative client. */
  public Map<String, Object> adminConfig(String part) {
    Map<String, Object> config = common(part);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    return config;
  }

  /** Settings of a producer of text keys and bytes. */
  public Map<String, Object> producerConfig(String part) {
    Map<String, Object> config = common(part);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * MEBIBYTE);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000L);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * MEBIBYTE);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  /** Settings of a producer whose transactional id is {@code <service>-<part>}. */
  public Map<String, Object> transactionalProducerConfig(String part) {
    Map<String, Object> config = producerConfig(part);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, identity.named(part));
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
    return config;
  }

  /** Settings of a consumer without a group, for reading by hand. */
  public Map<String, Object> readerConfig(String part) {
    Map<String, Object> config = common(part);
    config.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /**
   * Settings of a reader that looks what is there and does not wait for more: what it asks next,
   * and its close, would else stand behind a fetch that waits half a second at the broker.
   */
  public Map<String, Object> glanceConfig(String part) {
    Map<String, Object> config = readerConfig(part);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    return config;
  }

  /**
   * Settings of a member of the group {@code <service>-<part>}, static so that restarts are quick.
   */
  public Map<String, Object> groupConfig(String part) {
    Map<String, Object> config = readerConfig(part);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(ConsumerConfig.GROUP_ID_CONFIG, identity.named(part));
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
    return config;
  }

  /** How to reach the broker, for whatever kind of client. */
  public Map<String, Object> connection() {
    Map<String, Object> config = new HashMap<>(settings.security());
    config.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        Objects.requireNonNull(settings.bootstrapServers(), "tollgate.kafka.bootstrap-servers"));
    return config;
  }

  private Map<String, Object> common(String part) {
    Map<String, Object> config = connection();
    config.put(
        CommonClientConfigs.CLIENT_ID_CONFIG, identity.named(identity.instance() + "-" + part));
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000L);
    return config;
  }
}
