package io.tollgate.store.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.store.consumer.AppliedSequences;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the id of each event it has not applied yet to the table {@code seen}. */
public final class EventHandler
    implements PositionedHandler<EventEnvelope<Counted>>, BeanFactoryAware {

  private final String topic;
  private @Nullable BeanFactory beans;

  /** Reads one topic. */
  public EventHandler(String topic) {
    this.topic = topic;
  }

  /** A text's bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void setBeanFactory(BeanFactory beanFactory) {
    beans = beanFactory;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Set<String> topics() {
    return Set.of(topic);
  }

  @Override
  public Optional<EventEnvelope<Counted>> decode(ConsumerRecord<String, byte[]> record) {
    return Counted.CODEC.decode(record.value());
  }

  @Override
  public void handle(List<Received<EventEnvelope<Counted>>> batch) {
    BeanFactory known = Objects.requireNonNull(beans);
    for (var received : known.getBean(AppliedSequences.class).unapplied(topic, batch)) {
      known
          .getBean(JdbcClient.class)
          .sql(
              "insert into seen (topic, partition, record_offset, account, value)"
                  + " values (?, ?, ?, ?, ?)")
          .params(
              topic,
              received.partition(),
              received.offset(),
              received.value().subject(),
              received.value().id())
          .update();
    }
  }
}
