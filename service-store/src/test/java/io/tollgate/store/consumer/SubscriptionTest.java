package io.tollgate.store.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.AccountClosed;
import io.tollgate.model.event.AccountEvent.AccountOpened;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
  private static final RuleId RULE = new RuleId("C2.1");

  private final List<String> done = new ArrayList<>();

  @Test
  void handlersTakeTheirTypesInTheOrderOfTheLogOneHandlerAfterTheOther() {
    Subscription<AccountEvent> subscription =
        events()
            .each(AccountClosed.class, e -> done.add("closed " + e.account()))
            .together(AccountOpened.class, e -> done.add("opened " + e.size()))
            .received(AccountClosed.class, e -> done.add("from " + e.getLast().partition()))
            .build();
    subscription.handle(
        List.of(received(opened("a")), received(closed("b")), received(closed("a"))));
    assertThat(done).containsExactly("closed b", "closed a", "opened 1", "from 3");
  }

  @Test
  void aHandlerIsNotCalledForNothing() {
    Subscription<AccountEvent> subscription =
        events().together(AccountOpened.class, e -> done.add("opened")).build();
    subscription.handle(List.of(received(closed("a"))));
    assertThat(done).isEmpty();
  }

  @Test
  void whatWasAppliedBeforeIsNotAppliedAgain() {
    Subscription<AccountEvent> subscription =
        events()
            .once(new AllButTheFirst())
            .each(AccountOpened.class, e -> done.add("opened " + e.account()))
            .build();
    subscription.handle(List.of(received(opened("a")), received(opened("b"))));
    assertThat(done).containsExactly("opened b");
  }

  @Test
  void onlyACompactedTopicMayRemove() {
    assertThat(states().build().decode(record("a", null))).isEmpty();
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> events().build().decode(record("a", null)));
  }

  @Test
  void aRecordUnderAnotherKeyIsRefused() {
    byte[] bytes = AccountEvent.CODEC.encode(envelope(opened("a")));
    Subscription<AccountEvent> keyed = states().keyedBy(e -> e.account().value()).build();
    assertThat(keyed.decode(record("a", bytes))).isPresent();
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> keyed.decode(record("b", bytes)));
    assertThat(states().build().decode(record("b", bytes))).isPresent();
  }

  @Test
  void theAccountToParkIsTheKeyUnlessSaidOtherwise() {
    Received<EventEnvelope<AccountEvent>> received = received(opened("a"));
    assertThat(events().build().accountOf(received)).contains("key");
    assertThat(events().parking(AccountEvent::account).build().accountOf(received)).contains("a");
    assertThat(events().parkingNobody().build().accountOf(received)).isEmpty();
  }

  private static Subscription.Builder<AccountEvent> events() {
    return Subscription.toEvents("test", "topic", AccountEvent.CODEC);
  }

  private static Subscription.Builder<AccountEvent> states() {
    return Subscription.toStates("test", "topic", AccountEvent.CODEC);
  }

  private static AccountEvent opened(String account) {
    return new AccountOpened(AccountId.of(account), CurrencyCode.CNY, AT, RULE);
  }

  private static AccountEvent closed(String account) {
    return new AccountClosed(AccountId.of(account), AT, RULE);
  }

  private static EventEnvelope<AccountEvent> envelope(AccountEvent event) {
    return new EventEnvelope<>(
        "id",
        "source",
        AccountEvent.CODEC.typeOf(event),
        event.account().value(),
        AT,
        0,
        0,
        Optional.empty(),
        event);
  }

  private static Received<EventEnvelope<AccountEvent>> received(AccountEvent event) {
    return new Received<>("topic", 3, 0, AT, Optional.of("key"), envelope(event));
  }

  private static ConsumerRecord<String, byte[]> record(String key, byte @Nullable [] value) {
    return new ConsumerRecord<>("topic", 3, 0, key, value);
  }

  /** As if the first event had been applied before. */
  private static final class AllButTheFirst implements AppliedSequences {
    @Override
    public <E> List<Received<EventEnvelope<E>>> unapplied(
        String topic, List<Received<EventEnvelope<E>>> events) {
      return events.subList(1, events.size());
    }
  }
}
