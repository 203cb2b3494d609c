package io.tollgate.notification.notice;

import java.util.Locale;

/** Languages that notices are written in. */
public enum Language {
  EN,
  ZH;

  /** The language of a contact's tag ({@code en}, {@code zh}); English for any other. */
  public static Language of(String tag) {
    return tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
  }

  /** The tag, e.g. {@code en}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
