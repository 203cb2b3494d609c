package io.tollgate.notification.notice;

/**
 * A notice in both languages.
 *
 * @param en in English
 * @param zh in Chinese
 */
public record Texts(NoticeText en, NoticeText zh) {

  /** The text in a language. */
  public NoticeText in(Language language) {
    return switch (language) {
      case EN -> en;
      case ZH -> zh;
    };
  }
}
