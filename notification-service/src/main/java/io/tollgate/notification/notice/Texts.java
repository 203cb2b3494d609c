package io.tollgate.notification.notice;

/**
 * A notice in both languages.
 *
 * @param en in English
 * @param zh in Chinese
 */
public record Texts(NoticeText en, NoticeText zh) {

  public Texts {
    if (en == null || zh == null) {
      throw new IllegalArgumentException("a notice must have texts in en and zh");
    }
  }

  /** The text in a language. */
  public NoticeText in(Language language) {
    return switch (language) {
      case EN -> en;
      case ZH -> zh;
    };
  }
}
