package io.tollgate.notification.directory;

import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Keeps contacts as the compacted topic has them; a tombstone forgets them. */
@Component
class ContactHandler implements PositionedHandler<ContactHandler.Change> {

  private final JdbcDirectory directory;

  ContactHandler(JdbcDirectory directory) {
    this.directory = directory;
  }

  /** What a record says of an account's contacts. */
  sealed interface Change {
    /** They are these now. */
    record Kept(ContactRecord contact) implements Change {}

    /** They are to be forgotten. */
    record Removed() implements Change {}
  }

  @Override
  public String name() {
    return "contacts";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.CONTACTS);
  }

  @Override
  public Optional<Change> decode(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.of(new Change.Removed());
    }
    return ContactRecord.CODEC.decode(record.value()).map(event -> new Change.Kept(event.data()));
  }

  @Override
  public void handle(List<Received<Change>> batch) {
    for (Received<Change> received : batch) {
      switch (received.value()) {
        case Change.Kept kept -> directory.contact(kept.contact());
        case Change.Removed removed -> received.key().ifPresent(directory::forget);
      }
    }
  }
}
