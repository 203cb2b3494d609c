package io.tollgate.e2e;

import io.tollgate.e2e.testing.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What must stand nowhere but where it is kept: contact data, tokens, passwords, keys. */
final class Secrets {

  /** How the header of every token begins, whoever it is for. */
  private static final String TOKEN = "eyJhbGciOi";

  private Secrets() {}

  /** Texts that betray one. */
  static List<String> of(Deployment deployment) {
    Path directory = deployment.directory();
    String key = read(directory.resolve("keys").resolve("signing-key.pem")).lines().toList().get(1);
    return List.of(
        Belongings.SECRET,
        "@example.com",
        TOKEN,
        key,
        read(directory.resolve("postgres").resolve("password")).strip());
  }

  /** Everything that the deployment has logged; its console shows tokens, on purpose. */
  static List<String> logged(Deployment deployment) {
    try (Stream<Path> files = Files.list(deployment.directory().resolve("logs"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("tollgate.log"))
          .flatMap(file -> read(file).lines())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
