package io.tollgate.support.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the same service, all of whose places are free again after each of them. */
public final class SharedHttpService implements ParameterResolver {

  private static final Path DIRECTORY = Path.of("target", "http-service");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == HttpService.class;
  }

  @Override
  public HttpService resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedHttpService.class))
        .computeIfAbsent("service", key -> HttpService.start(DIRECTORY), HttpService.class);
  }
}
