package io.tollgate.account.contacts;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.OutboxMessage;
import java.time.Instant;
import java.util.Optional;

/** Contacts as the compacted topic has them. */
final class ContactMessages {

  private ContactMessages() {}

  static OutboxMessage kept(ContactRecord contact, String source, Instant now) {
    return OutboxMessage.state(
        Topics.CONTACTS,
        contact.account().value(),
        ContactRecord.CODEC.encode(
            new EventEnvelope<>(
                "contact:" + contact.account() + ":" + contact.version(),
                source,
                ContactRecord.CODEC.typeOf(contact),
                contact.account().value(),
                now,
                0,
                0,
                Optional.empty(),
                contact)));
  }

  static OutboxMessage removed(AccountId account) {
    return OutboxMessage.tombstone(Topics.CONTACTS, account.value());
  }
}
