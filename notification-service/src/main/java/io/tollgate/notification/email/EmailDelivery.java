package io.tollgate.notification.email;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import java.time.Instant;
import java.util.Optional;

/**
 * An e-mail claimed for sending.
 *
 * @param account whose contact
 * @param notice what is told
 * @param address to whom; never logged
 * @param messageId its Message-ID, the same at every attempt
 * @param attempts attempts including this one
 * @param uncertain whether an earlier attempt may have reached the mail server
 * @param traceparent the trace of what the notice was caused by, where there is one
 * @param inInboxAt business instant at which the account's inbox got the notice
 * @param kind the kind of notice
 * @param permitted false for marketing to an account that does not consent to it now (C4.2.2)
 * @param text the notice in the contact's language
 */
record EmailDelivery(
    AccountId account,
    NoticeId notice,
    String address,
    String messageId,
    int attempts,
    boolean uncertain,
    Optional<String> traceparent,
    Instant inInboxAt,
    NoticeKind kind,
    boolean permitted,
    NoticeText text) {

  /** Without the address, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "EmailDelivery[account="
        + account
        + ", notice="
        + notice
        + ", attempts="
        + attempts
        + "]";
  }
}
