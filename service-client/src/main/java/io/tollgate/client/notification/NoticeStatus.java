package io.tollgate.client.notification;

/** A notice and its delivery. */
public record NoticeStatus(Notice notice, Progress progress) {}
