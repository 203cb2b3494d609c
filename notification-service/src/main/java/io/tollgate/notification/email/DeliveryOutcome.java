package io.tollgate.notification.email;

/** How e-mails fare, as operators ask for them. */
enum DeliveryOutcome {
  /** To be sent, or being sent. */
  PENDING,
  /** The mail server took it. */
  SENT,
  /** Refused for good, or not taken within the attempts allowed. */
  FAILED,
  /** Not sent because it must not be: consent was withdrawn, or the contact removed. */
  SUPPRESSED,
  /** It is unknown whether an earlier attempt got through; whatever came after. */
  UNCERTAIN
}
