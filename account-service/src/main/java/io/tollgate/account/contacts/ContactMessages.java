package io.tollgate.account.contacts;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.OutboxMessage;
import java.time.Instant;

/** Contacts as the compacted topic has them. */
final class ContactMessages {

  private ContactMessages() {}

  static OutboxMessage kept(ContactRecord contact, Instant now) {
    return OutboxMessage.ofKey(
        Topics.CONTACTS,
        contact.account().value(),
        ContactRecord.CODEC,
        "contact:" + contact.account() + ":" + contact.version(),
        now,
        contact);
  }

  static OutboxMessage removed(AccountId account) {
    return OutboxMessage.tombstone(Topics.CONTACTS, account.value());
  }
}
