package io.tollgate.notification.inbox;

/** A customer's answer to a change of terms (C3.2.10) or a complaint (C3.1.9). */
public enum Answer {
  ACCEPT,
  REJECT
}
