package io.tollgate.model.event;

import io.tollgate.model.AccountId;
import io.tollgate.model.EmailAddress;
import java.util.List;
import java.util.Map;

/**
 * An account's contacts (C3.1.2); on the compacted topic {@code contacts} and nowhere else, so that
 * no other record holds personal data. Removed by a tombstone. Never logged.
 *
 * @param account whose
 * @param version grows with each change
 * @param name who to address
 * @param emails where notices go, each mailbox once; may be empty
 * @param language {@code en} or {@code zh}
 * @param marketingConsent whether marketing may be sent (C4.2.2); notices always are
 */
public record ContactRecord(
    AccountId account,
    long version,
    String name,
    List<String> emails,
    String language,
    boolean marketingConsent) {

  /** The codec of the topic {@code contacts}. */
  public static final EventCodec<ContactRecord> CODEC =
      EventCodec.of(Map.of("tollgate.contact.v1", ContactRecord.class));

  public ContactRecord {
    emails = EmailAddress.distinct(emails);
  }

  /** Only the account, so that contact data cannot reach a log by accident. */
  @Override
  public String toString() {
    return "ContactRecord[account=" + account + ", version=" + version + "]";
  }
}
