package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.support.security.AccessRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

/** The document says what runs, and every route is somebody's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Set<String> running() {
    return service
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(
            mapping ->
                mapping.getMethodsCondition().getMethods().stream()
                    .flatMap(
                        method ->
                            mapping.getPatternsCondition().getPatterns().stream()
                                .map(pattern -> route(method.name(), pattern.getPatternString()))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String route(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[a-z]+}", "{}");
  }

  @Test
  void theDocumentNamesExactlyTheRoutesThatRun() throws IOException {
    Set<String> documented = new TreeSet<>();
    try (InputStream yaml = new ClassPathResource("openapi/account.yaml").getInputStream()) {
      Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(yaml);
      document
          .getOrDefault("paths", Map.of())
          .forEach(
              (path, methods) ->
                  methods.keySet().forEach(method -> documented.add(route(method, path))));
    }
    assertThat(documented).isEqualTo(running());
    assertThat(service.operator().status("/openapi.yaml")).isEqualTo(200);
  }

  @Test
  void everyRouteIsGrantedToSomebody() {
    Set<String> granted =
        service.bean("accessRules", AccessRules.class).rules().stream()
            .map(rule -> route(rule.method().name(), rule.pattern()))
            .collect(Collectors.toSet());
    assertThat(granted).containsAll(running());
  }
}
