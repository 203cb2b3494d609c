package io.tollgate.notification.notice;

/**
 * A notice in one language, plain text.
 *
 * @param title one line, 1 to 200 characters
 * @param body 1 to 20,000 characters
 */
public record NoticeText(String title, String body) {

  static final int MAX_TITLE = 200;
  static final int MAX_BODY = 20_000;

  public NoticeText {
    if (title == null || body == null) {
      throw new IllegalArgumentException("a text must have a title and a body");
    }
    if (title.isBlank() || title.length() > MAX_TITLE || hasLineBreak(title)) {
      throw new IllegalArgumentException("title must be one line of 1 to 200 characters");
    }
    if (body.isBlank() || body.length() > MAX_BODY) {
      throw new IllegalArgumentException("body must be 1 to 20,000 characters");
    }
  }

  /** A title becomes a mail header: no line may end in it, in no way that any program knows. */
  private static boolean hasLineBreak(String title) {
    return title.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }
}
