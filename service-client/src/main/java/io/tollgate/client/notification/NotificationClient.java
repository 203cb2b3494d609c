package io.tollgate.client.notification;

import static io.tollgate.client.Calls.path;

import io.tollgate.client.Calls;
import java.util.stream.Stream;

/** The notification service: notices and inboxes. */
public final class NotificationClient {

  private final Calls calls;

  /** Calls the service. */
  public NotificationClient(Calls calls) {
    this.calls = calls;
  }

  /** Publishes a notice to those whom its action affects, and to its audience. */
  public Published publish(NewNotice notice) {
    return calls.postOnce("/v1/notices", notice, Published.class);
  }

  /** A notice and its delivery. */
  public NoticeStatus notice(String notice) {
    return calls.get(path("/v1/notices/{notice}", notice), NoticeStatus.class);
  }

  /** The messages of an account's inbox, the newest first. */
  public Stream<Message> messages(String account) {
    return calls.pages(path("/v1/accounts/{account}/messages", account), Message.class);
  }

  /** Marks a message as read; the first time is kept as proof. */
  public Message read(String account, long message) {
    return calls.post(
        path("/v1/accounts/{account}/messages/{message}/read", account, String.valueOf(message)),
        Message.class);
  }
}
