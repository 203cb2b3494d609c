package io.tollgate.support.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The documentation page of problem types, their meaning and remedies; the {@code type} of a
 * problem is the path of its section.
 */
public final class ProblemPage {

  /** Where the page is; {@code /problems/not-found} is the section of a type. */
  static final String PATH = "/problems";

  private static final String RESOURCE = "/docs/problems.md";
  private static final String SECTION = "### ";

  private final String text;
  private final Map<String, String> sections;

  private ProblemPage(String text) {
    this.text = text;
    this.sections = sections(text);
  }

  /** The page that is packaged with the service. */
  public static ProblemPage load() {
    try (InputStream page = ProblemPage.class.getResourceAsStream(RESOURCE)) {
      if (page == null) {
        throw new IllegalStateException(RESOURCE + " is not packaged");
      }
      return new ProblemPage(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sections(String page) {
    Map<String, StringBuilder> found = new LinkedHashMap<>();
    StringBuilder open = new StringBuilder();
    for (String line : page.split("\n", -1)) {
      if (line.startsWith("#")) {
        open = new StringBuilder();
        if (line.startsWith(SECTION)) {
          found.put(line.substring(SECTION.length()).strip(), open);
        }
      }
      open.append(line).append('\n');
    }
    Map<String, String> sections = new LinkedHashMap<>();
    found.forEach((type, section) -> sections.put(type, section.toString().strip() + "\n"));
    return sections;
  }

  /** All of it. */
  String text() {
    return text;
  }

  /** The last parts of the types it explains. */
  public Set<String> types() {
    return Set.copyOf(sections.keySet());
  }

  /** What it says of one type. */
  Optional<String> section(String type) {
    return Optional.ofNullable(sections.get(type));
  }
}
