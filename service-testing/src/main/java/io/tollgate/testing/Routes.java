package io.tollgate.testing;

import io.tollgate.support.web.security.AccessRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

/** The routes of a service: those that run, those its document names, those that are granted. */
public final class Routes {
  private Routes() {}

  /** Method and path of every controller that runs; path variables without their names. */
  public static Set<String> running(ApplicationContext service) {
    Set<String> routes = new TreeSet<>();
    service
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping ->
                mapping
                    .getMethodsCondition()
                    .getMethods()
                    .forEach(
                        method ->
                            mapping
                                .getPatternsCondition()
                                .getPatterns()
                                .forEach(
                                    pattern ->
                                        routes.add(
                                            route(method.name(), pattern.getPatternString())))));
    return routes;
  }

  /** What the service's OpenAPI document names. */
  public static Set<String> documented(String service) {
    try (InputStream yaml =
        new ClassPathResource("openapi/" + service + ".yaml").getInputStream()) {
      Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(yaml);
      Set<String> routes = new TreeSet<>();
      document
          .getOrDefault("paths", Map.of())
          .forEach(
              (path, methods) ->
                  methods.keySet().forEach(method -> routes.add(route(method, path))));
      return routes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is granted to somebody. */
  public static Set<String> granted(ApplicationContext service) {
    Set<String> routes = new TreeSet<>();
    service
        .getBean(AccessRules.class)
        .rules()
        .forEach(rule -> routes.add(route(rule.method().name(), rule.pattern())));
    return routes;
  }

  private static String route(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[a-z]+}", "{}");
  }
}
