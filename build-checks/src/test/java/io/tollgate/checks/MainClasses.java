package io.tollgate.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;

/** The compiled main code of all modules, read once. */
final class MainClasses {

  static final JavaClasses ALL =
      new ClassFileImporter()
          .importPaths(
              SourceTree.ofThisProject().modules().stream()
                  .map(module -> module.resolve("target/classes"))
                  .filter(Files::isDirectory)
                  .toList());

  private MainClasses() {}
}
