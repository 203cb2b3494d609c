package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every problem type that a service may answer is explained, and nothing else is. */
class ProblemPageTest {

  private static final Pattern SECTION = Pattern.compile("(?m)^### (\\S+)$");

  /** The calls that name a type, and what may stand before it. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:new ProblemException|ProblemException\\s*\\.(?:conflict|refused)|Verdict\\.Refused"
              + "|\\bAnswer(?:\\.of)?|\\.write|\\brefuse)\\(\\s*(?:exchange,\\s*)?"
              + "(?:HttpStatus\\.[A-Z_]+,\\s*)?\"([a-z]+(?:-[a-z]+)*)\"");

  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:-[a-z]+)*)\"");
  private static final Pattern CONSTANT = Pattern.compile("\\b([A-Z]+(?:_[A-Z]+)*)\\b");

  /** Types made of the names of statuses that Spring answers by itself. */
  private static final Set<String> OF_STATUSES = Set.of("bad-request", "not-acceptable");

  private final SourceTree tree = SourceTree.ofThisProject();

  @Test
  void everyTypeOfTheCodeIsOnThePage() {
    Set<String> missing = named();
    missing.addAll(OF_STATUSES);
    missing.removeAll(explained());

    assertThat(missing).as("problem types without a section in docs/problems.md").isEmpty();
  }

  @Test
  void everyTypeOnThePageIsInTheCode() {
    Set<String> unused = explained();
    unused.removeAll(OF_STATUSES);
    unused.removeAll(words());

    assertThat(unused).as("sections of docs/problems.md that no code answers").isEmpty();
  }

  /** What a correction comes to is its problem's type; the word is passed on, not written there. */
  @Test
  void everyOutcomeOfACorrectionIsOnThePage() {
    Set<String> missing =
        services()
            .filter(file -> file.endsWith(Path.of("metering", "topology", "Corrections.java")))
            .flatMap(file -> LITERAL.matcher(SourceTree.read(file)).results())
            .map(match -> match.group(1))
            .filter(word -> word.contains("-"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(missing).contains("below-zero");
    missing.removeAll(explained());

    assertThat(missing).as("outcomes without a section in docs/problems.md").isEmpty();
  }

  private Set<String> explained() {
    return SECTION
        .matcher(SourceTree.read(tree.root().resolve("docs/problems.md")))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> named() {
    return services()
        .flatMap(file -> NAMED.matcher(SourceTree.read(file)).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whatever may be a type: texts, and constants whose names become one. */
  private Set<String> words() {
    return services()
        .map(SourceTree::read)
        .flatMap(
            text ->
                Stream.concat(
                    LITERAL.matcher(text).results().map(match -> match.group(1)),
                    CONSTANT
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Path> services() {
    return tree.javaFiles().stream()
        .filter(
            file ->
                tree.name(file)
                    .matches("(service-support|service-store|[a-z]+-service)/src/main/.*"));
  }
}
