package io.tollgate.client.notification;

/** A notice, and how many accounts receive it. */
public record Published(Notice notice, int recipients) {}
