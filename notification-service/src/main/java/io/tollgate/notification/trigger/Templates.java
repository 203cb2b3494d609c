package io.tollgate.notification.trigger;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.tollgate.notification.notice.Language;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import io.tollgate.notification.notice.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The texts of notices that events cause: one Mustache template per kind and language, first line
 * the title. A value that a template asks for and does not get is an error, never an empty gap in a
 * notice. An empty value leaves out the section that is about it.
 */
final class Templates {

  private final Map<NoticeKind, Map<Language, Template>> templates =
      new EnumMap<>(NoticeKind.class);

  Templates() {
    Mustache.Compiler compiler =
        Mustache.compiler().escapeHTML(false).strictSections(true).emptyStringIsFalse(true);
    for (NoticeKind kind : NoticeKind.values()) {
      if (!kind.isRequestable()) {
        Map<Language, Template> byLanguage = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
          byLanguage.put(language, compiler.compile(read(kind, language)));
        }
        templates.put(kind, byLanguage);
      }
    }
  }

  /**
   * Fills the templates of a kind; {@code values} gives the values as each language writes them.
   */
  Texts render(NoticeKind kind, Function<Language, Map<String, String>> values) {
    return new Texts(
        render(kind, Language.EN, values.apply(Language.EN)),
        render(kind, Language.ZH, values.apply(Language.ZH)));
  }

  private NoticeText render(NoticeKind kind, Language language, Map<String, String> values) {
    Map<Language, Template> byLanguage = templates.get(kind);
    if (byLanguage == null) {
      throw new IllegalArgumentException("operators write " + kind + " notices themselves");
    }
    String text = Objects.requireNonNull(byLanguage.get(language)).execute(values);
    int endOfTitle = text.indexOf('\n');
    return new NoticeText(text.substring(0, endOfTitle), text.substring(endOfTitle).strip());
  }

  private static String read(NoticeKind kind, Language language) {
    String path = "/templates/" + language.tag() + "/" + kind + ".txt";
    try (InputStream in = Templates.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no template " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
