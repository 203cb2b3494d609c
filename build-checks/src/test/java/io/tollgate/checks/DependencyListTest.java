package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of dependencies that ships in the application (CycloneDX) is the truth about it. Its
 * plugin does nothing while Maven is offline: then there may be none.
 */
class DependencyListTest {

  private static final String LIST = "META-INF/sbom/application.cdx.json";
  private static final String OFFLINE = "offline: true";
  private static final String LIBRARIES = "BOOT-INF/lib/";

  /** Spring Boot's plugin puts it in after the list is made. */
  private static final String OF_THE_PLUGIN = "spring-boot-jarmode-tools-";

  @Test
  void everyLibraryInTheApplicationIsInItsList() throws IOException {
    try (JarFile application = new JarFile(application().toFile())) {
      ZipEntry list = application.getEntry(LIST);
      assumeThat(list == null && OFFLINE.equals(System.getProperty("tollgate.build")))
          .as("no list, because Maven is offline")
          .isFalse();
      assertThat(list).as(LIST).isNotNull();
      Set<String> listed = listed(application, list);
      List<String> missing =
          application.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
              .map(name -> name.substring(LIBRARIES.length()))
              .filter(jar -> !jar.startsWith(OF_THE_PLUGIN))
              .filter(jar -> listed.stream().noneMatch(jar::startsWith))
              .toList();
      assertThat(listed).hasSizeGreaterThan(100);
      assertThat(missing).as("libraries that the list does not name").isEmpty();
    }
  }

  /** What is listed, as jars are named; a classifier may follow. */
  private static Set<String> listed(JarFile application, ZipEntry list) throws IOException {
    JsonNode document = JsonMapper.shared().readTree(application.getInputStream(list));
    assertThat(document.at("/bomFormat").asString()).isEqualTo("CycloneDX");
    return StreamSupport.stream(document.at("/components").spliterator(), false)
        .map(part -> part.at("/name").asString() + "-" + part.at("/version").asString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path application() throws IOException {
    try (Stream<Path> built =
        Files.list(SourceTree.ofThisProject().root().resolve("standalone/target"))) {
      return built
          .filter(path -> path.getFileName().toString().matches("standalone-.*-app\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
