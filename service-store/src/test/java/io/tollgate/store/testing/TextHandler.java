package io.tollgate.store.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.model.event.MalformedEventException;
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

/**
 * Writes each text it is given to the table {@code seen}. A text that starts with {@code bad}
 * cannot be decoded; what {@link #handle} does with others a test can override.
 */
public class TextHandler implements PositionedHandler<String>, BeanFactoryAware {

  private final String topic;
  private @Nullable BeanFactory beans;

  /** Reads one topic. */
  public TextHandler(String topic) {
    this.topic = topic;
  }

  @Override
  public void setBeanFactory(BeanFactory beanFactory) {
    beans = beanFactory;
  }

  @Override
  public String name() {
    return "texts";
  }

  @Override
  public Set<String> topics() {
    return Set.of(topic);
  }

  @Override
  public Optional<String> decode(ConsumerRecord<String, byte[]> record) {
    String text = new String(record.value(), UTF_8);
    if (text.startsWith("bad")) {
      throw new MalformedEventException("not a text of ours");
    }
    return Optional.of(text);
  }

  @Override
  public void handle(List<Received<String>> batch) {
    batch.forEach(this::write);
  }

  /** Writes one text. */
  protected void write(Received<String> received) {
    jdbc()
        .sql(
            "insert into seen (topic, partition, record_offset, account, value)"
                + " values (?, ?, ?, ?, ?)")
        .params(
            received.topic(),
            received.partition(),
            received.offset(),
            received.key().orElse(""),
            received.value())
        .update();
  }

  /** The service's database. */
  protected JdbcClient jdbc() {
    return Objects.requireNonNull(beans).getBean(JdbcClient.class);
  }
}
