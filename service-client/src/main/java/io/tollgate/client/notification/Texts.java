package io.tollgate.client.notification;

/** A notice in both languages. */
public record Texts(Text en, Text zh) {}
