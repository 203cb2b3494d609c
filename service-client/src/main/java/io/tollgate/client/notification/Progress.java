package io.tollgate.client.notification;

/** How many recipients there are, have the notice, and have read it. */
public record Progress(int recipients, int delivered, int read) {}
