package io.tollgate.embedded;

/**
 * An e-mail that the SMTP server took.
 *
 * @param messageId its Message-ID
 * @param recipient to whom
 * @param subject its subject, decoded
 * @param text its plain text, decoded
 */
public record ReceivedMail(String messageId, String recipient, String subject, String text) {}
