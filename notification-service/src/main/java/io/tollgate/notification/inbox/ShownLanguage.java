package io.tollgate.notification.inbox;

import io.tollgate.model.Quoted;
import io.tollgate.notification.notice.Language;
import io.tollgate.support.web.ProblemException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The language in which messages are shown: the requested one, else the contact's, else English.
 */
final class ShownLanguage {

  private ShownLanguage() {}

  /**
   * The language that a request names.
   *
   * @throws ProblemException 400 when notices are not written in it
   */
  static Optional<Language> asked(Optional<String> tag) {
    return tag.map(
        name ->
            Arrays.stream(Language.values())
                .filter(language -> language.tag().equals(name))
                .findFirst()
                .orElseThrow(
                    () ->
                        ProblemException.invalid(
                            "language", "must be en or zh, not " + Quoted.of(name))));
  }

  /** The language of a contact. */
  static Language ofContact(Optional<String> tag) {
    return Language.of(tag.orElse("en"));
  }
}
