package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links lead somewhere, and the map of the house shows every room. */
class DocumentationTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern ABSOLUTE = Pattern.compile("^[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  @Test
  void everyRelativeLinkResolves() {
    SourceTree tree = SourceTree.ofThisProject();

    assertThat(brokenLinks(tree)).as("links that lead nowhere").isEmpty();
  }

  @Test
  void aBrokenLinkIsFound(@TempDir Path directory) throws IOException {
    Files.createDirectories(directory.resolve("docs"));
    Files.writeString(
        directory.resolve("README.md"), "# A `page`, in short\n[there](docs) [no](docs/none.md)");
    Files.writeString(
        directory.resolve("docs/page.md"),
        "[up](../README.md#a-page-in-short) [x](none.md) [y](../README.md#top) [here](#none)");

    assertThat(brokenLinks(new SourceTree(directory)))
        .containsExactly(
            "README.md -> docs/none.md",
            "docs/page.md -> none.md",
            "docs/page.md -> ../README.md#top",
            "docs/page.md -> #none");
  }

  @Test
  void theArchitecturePageLinksToEveryFeature() {
    SourceTree tree = SourceTree.ofThisProject();
    Path page = tree.root().resolve("docs/architecture.md");
    List<Path> linked =
        links(page).map(link -> page.resolveSibling(path(link)).normalize()).toList();

    assertThat(features(tree).filter(feature -> !linked.contains(feature)).map(tree::name))
        .as("feature packages that docs/architecture.md does not link to")
        .isEmpty();
  }

  private static Stream<Path> features(SourceTree tree) {
    return SourceTree.SERVICES.stream()
        .map(
            service ->
                tree.root().resolve(service + "-service/src/main/java/io/tollgate/" + service))
        .filter(Files::isDirectory)
        .flatMap(DocumentationTest::directories);
  }

  private static Stream<Path> directories(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(child -> Files.exists(child.resolve("package-info.java")))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> brokenLinks(SourceTree tree) {
    List<String> broken = new ArrayList<>();
    for (Path page : tree.files()) {
      if (page.toString().endsWith(".md")) {
        links(page)
            .filter(link -> !resolves(page, link))
            .forEach(link -> broken.add(tree.name(page) + " -> " + link));
      }
    }
    return broken;
  }

  /** Whether a page has what a link names: the file, and in a page the heading. */
  private static boolean resolves(Path page, String link) {
    Path target = path(link).isEmpty() ? page : page.resolveSibling(path(link));
    int anchor = link.indexOf('#');
    return Files.exists(target)
        && (anchor < 0
            || !target.toString().endsWith(".md")
            || anchors(target).anyMatch(link.substring(anchor + 1)::equals));
  }

  private static String path(String link) {
    return link.replaceFirst("#.*", "");
  }

  /** The anchors of a page, made from its headings as GitHub does. */
  private static Stream<String> anchors(Path page) {
    return HEADING
        .matcher(SourceTree.read(page))
        .results()
        .map(match -> match.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
  }

  /** Relative targets, with their anchors. */
  private static Stream<String> links(Path page) {
    return LINK
        .matcher(SourceTree.read(page))
        .results()
        .map(match -> match.group(1))
        .filter(link -> !ABSOLUTE.matcher(link).matches())
        .toList()
        .stream();
  }
}
