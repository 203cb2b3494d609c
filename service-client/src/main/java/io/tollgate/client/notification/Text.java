package io.tollgate.client.notification;

/** Title and body of a notice in one language. */
public record Text(String title, String body) {}
