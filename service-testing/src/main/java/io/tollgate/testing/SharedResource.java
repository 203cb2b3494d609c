package io.tollgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives several classes of tests the same resource, whose start costs more than they do: as a
 * parameter of their constructors. It is started for the first of them and closed when the last
 * test of the process has run.
 *
 * @param <T> what is shared
 */
public abstract class SharedResource<T extends AutoCloseable> implements ParameterResolver {

  private final Class<T> type;

  /** An extension that resolves parameters of this type. */
  protected SharedResource(Class<T> type) {
    this.type = type;
  }

  /**
   * Starts it.
   *
   * @param directory an empty one, deleted when the resource is closed
   */
  protected abstract T start(Path directory);

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public final T resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return type.cast(
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedResource.class))
            .computeIfAbsent(getClass(), key -> hold(), Held.class)
            .resource());
  }

  private Held hold() {
    try {
      Path directory = Files.createTempDirectory("tollgate-shared");
      return new Held(start(directory), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Held(AutoCloseable resource, Path directory) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + resource, e);
      }
      FileSystemUtils.deleteRecursively(directory);
    }
  }
}
