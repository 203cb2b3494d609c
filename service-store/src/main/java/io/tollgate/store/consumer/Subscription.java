package io.tollgate.store.consumer;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which events of a topic a service takes, and who applies them: one bean per topic says it all.
 *
 * <pre>{@code
 * Subscription.toEvents("account-events", Topics.ACCOUNT_EVENTS, AccountEvent.CODEC)
 *     .once(applied)
 *     .each(AccountOpened.class, books::open)
 *     .together(InstanceStateChanged.class, suspensions::take)
 *     .build();
 * }</pre>
 *
 * <p>Everything happens in the transaction that moves the consumer's position. Handlers are called
 * in the order in which they are named, each with its events in the order of the log; a type that
 * nobody names is passed over.
 *
 * @param <E> all events of the topic
 */
public final class Subscription<E> implements PositionedHandler<EventEnvelope<E>> {
  private final String name;
  private final String topic;
  private final EventCodec<E> codec;
  private final boolean compacted;
  private final Optional<AppliedSequences> applied;
  private final Function<Received<EventEnvelope<E>>, Optional<String>> account;
  private final Optional<Function<E, String>> key;
  private final List<Consumer<List<Received<EventEnvelope<E>>>>> handlers;

  private Subscription(Builder<E> builder) {
    this.name = builder.name;
    this.topic = builder.topic;
    this.codec = builder.codec;
    this.compacted = builder.compacted;
    this.applied = builder.applied;
    this.account = builder.account;
    this.key = builder.key;
    this.handlers = List.copyOf(builder.handlers);
  }

  /**
   * To what happens to accounts; a record without a value is refused.
   *
   * @param name see {@link PositionedHandler#name}
   */
  public static <E> Builder<E> toEvents(String name, String topic, EventCodec<E> codec) {
    return new Builder<>(name, topic, codec, false);
  }

  /**
   * To the newest states of a compacted topic; what is removed from it is passed over.
   *
   * @param name see {@link PositionedHandler#name}
   */
  public static <E> Builder<E> toStates(String name, String topic, EventCodec<E> codec) {
    return new Builder<>(name, topic, codec, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> topics() {
    return Set.of(topic);
  }

  @Override
  public Optional<EventEnvelope<E>> decode(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      if (compacted) {
        return Optional.empty();
      }
      throw new MalformedEventException("the record has no value");
    }
    Optional<EventEnvelope<E>> decoded = codec.decode(record.value());
    decoded.ifPresent(event -> key.ifPresent(of -> check(record.key(), of.apply(event.data()))));
    return decoded;
  }

  private static void check(String key, String expected) {
    if (!expected.equals(key)) {
      throw new MalformedEventException("it is " + expected);
    }
  }

  @Override
  public Optional<String> accountOf(Received<EventEnvelope<E>> received) {
    return account.apply(received);
  }

  @Override
  public void handle(List<Received<EventEnvelope<E>>> batch) {
    List<Received<EventEnvelope<E>>> fresh =
        applied.map(sequences -> sequences.unapplied(topic, batch)).orElse(batch);
    handlers.forEach(handler -> handler.accept(fresh));
  }

  /**
   * Says what a subscription is.
   *
   * @param <E> all events of the topic
   */
  public static final class Builder<E> {
    private final String name;
    private final String topic;
    private final EventCodec<E> codec;
    private final boolean compacted;
    private final List<Consumer<List<Received<EventEnvelope<E>>>>> handlers = new ArrayList<>();
    private Optional<AppliedSequences> applied = Optional.empty();
    private Function<Received<EventEnvelope<E>>, Optional<String>> account = Received::key;
    private Optional<Function<E, String>> key = Optional.empty();

    private Builder(String name, String topic, EventCodec<E> codec, boolean compacted) {
      this.name = name;
      this.topic = topic;
      this.codec = codec;
      this.compacted = compacted;
    }

    /** Applies each numbered event once, however often it is published. */
    public Builder<E> once(AppliedSequences sequences) {
      applied = Optional.of(sequences);
      return this;
    }

    /** Whose records wait when one cannot be applied, where the record's key is not the account. */
    public Builder<E> parking(Function<E, AccountId> accountOf) {
      account = received -> Optional.of(accountOf.apply(received.value().data()).value());
      return this;
    }

    /** What cannot be applied is nobody's and goes to the dead letters. */
    public Builder<E> parkingNobody() {
      account = received -> Optional.empty();
      return this;
    }

    /** Refuses a record whose key is not its event's. */
    public Builder<E> keyedBy(Function<E, String> keyOf) {
      key = Optional.of(keyOf);
      return this;
    }

    /** Applies events of a type one by one. */
    public <T extends E> Builder<E> each(Class<T> type, Consumer<T> handler) {
      return together(type, events -> events.forEach(handler));
    }

    /** Applies a batch's events of a type together; never none. */
    public <T extends E> Builder<E> together(Class<T> type, Consumer<List<T>> handler) {
      return received(
          type,
          events -> handler.accept(events.stream().map(each -> each.value().data()).toList()));
    }

    /** Like {@link #together}, with what came along: the envelope, the partition. */
    public <T extends E> Builder<E> received(
        Class<T> type, Consumer<List<Received<EventEnvelope<T>>>> handler) {
      handlers.add(
          batch -> {
            List<Received<EventEnvelope<T>>> events = ofType(type, batch);
            if (!events.isEmpty()) {
              handler.accept(events);
            }
          });
      return this;
    }

    @SuppressWarnings("unchecked") // an envelope of an event that is a T is an envelope of T
    private static <E, T extends E> List<Received<EventEnvelope<T>>> ofType(
        Class<T> type, List<Received<EventEnvelope<E>>> batch) {
      List<Received<EventEnvelope<T>>> events = new ArrayList<>(batch.size());
      for (Received<? extends EventEnvelope<? extends E>> received : batch) {
        if (type.isInstance(received.value().data())) {
          events.add((Received<EventEnvelope<T>>) received);
        }
      }
      return events;
    }

    /** The subscription; a bean of it gets a consumer. */
    public Subscription<E> build() {
      return new Subscription<>(this);
    }
  }
}
