package io.tollgate.notification.proof;

import io.tollgate.model.AccountId;
import io.tollgate.notification.email.DeliveryView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be proved of a notice to one account.
 *
 * @param account to whom
 * @param concerned whether it was among the recipients fixed at publication, or the one the event
 *     was about; else it was opened later
 * @param message the message's number in its inbox
 * @param deliveredAt when it was put there
 * @param readAt when it was first read
 * @param answer what the account answered
 * @param answeredAt when
 * @param emails the e-mails sent along
 */
record RecipientProof(
    AccountId account,
    boolean concerned,
    Optional<Long> message,
    Optional<Instant> deliveredAt,
    Optional<Instant> readAt,
    Optional<String> answer,
    Optional<Instant> answeredAt,
    List<DeliveryView> emails) {

  RecipientProof with(List<DeliveryView> found) {
    return new RecipientProof(
        account, concerned, message, deliveredAt, readAt, answer, answeredAt, List.copyOf(found));
  }
}
