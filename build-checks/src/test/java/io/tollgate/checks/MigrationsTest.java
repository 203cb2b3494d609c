package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Migrations only ever go forward. Number 1 is the baseline of what every service has, number 2
 * that of each service; from 3 on each number is one migration's, whichever module it is in, so
 * that every service applies its own and the shared ones in order. What another follows may be
 * applied somewhere already, and does not change any more.
 */
class MigrationsTest {
  private static final Pattern NAME = Pattern.compile("V([1-9]\\d*)__[a-z0-9_]+\\.sql");
  private static final int BASELINE = 2;

  /** A hash and the file's name in the tree, a line each, as {@code sha256sum} writes them. */
  private static final String FROZEN = "build-checks/src/test/resources/frozen-migrations.txt";

  private static final SourceTree TREE = SourceTree.ofThisProject();

  @Test
  void everyMigrationHasANumberOfOneSeries() {
    assertThat(outOfSeries(TREE)).isEmpty();
  }

  @Test
  void whatAnotherMigrationFollowsStaysAsItIs() throws IOException {
    assertThat(changed(TREE)).isEmpty();
  }

  @Test
  void aNumberThatIsGivenTwiceAndANameThatIsNoneAreSeen(@TempDir Path root) throws IOException {
    SourceTree tree = new SourceTree(root);
    write(tree, "store/src/main/resources/db/support/V1__a.sql", "a");
    write(tree, "one/src/main/resources/db/one/V2__b.sql", "b");
    write(tree, "two/src/main/resources/db/two/V2__c.sql", "c");
    assertThat(outOfSeries(tree)).isEmpty();

    write(tree, "store/src/main/resources/db/support/V3__d.sql", "d");
    write(tree, "two/src/main/resources/db/two/V3__e.sql", "e");
    write(tree, "two/src/main/resources/db/two/V1_5__f.sql", "f");
    assertThat(outOfSeries(tree))
        .containsExactly(
            "two/src/main/resources/db/two/V1_5__f.sql has no number",
            "two/src/main/resources/db/two/V3__e.sql has a number that is given already");
  }

  @Test
  void aFrozenMigrationThatChangesIsSeen(@TempDir Path root) throws IOException {
    SourceTree tree = new SourceTree(root);
    String baseline = "one/src/main/resources/db/one/V2__b.sql";
    write(tree, baseline, "b");
    assertThat(changed(tree)).isEmpty();

    write(tree, "one/src/main/resources/db/one/V3__c.sql", "c");
    String hash = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";
    assertThat(changed(tree)).containsExactly(hash + "  " + baseline);

    write(tree, FROZEN, hash + "  " + baseline + "\n");
    assertThat(changed(tree)).isEmpty();
    write(tree, baseline, "b, in other words");
    assertThat(changed(tree)).hasSize(1);
  }

  private static void write(SourceTree tree, String file, String text) throws IOException {
    Path path = tree.root().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static List<Path> migrations(SourceTree tree) {
    return tree.files().stream()
        .filter(file -> tree.name(file).contains("src/main/resources/db/"))
        .filter(file -> file.toString().endsWith(".sql"))
        .sorted()
        .toList();
  }

  private static List<String> outOfSeries(SourceTree tree) {
    List<String> found = new ArrayList<>();
    Map<Integer, Path> given = new HashMap<>();
    for (Path migration : migrations(tree)) {
      int number = number(migration);
      if (number == 0) {
        found.add(tree.name(migration) + " has no number");
      } else if (number > BASELINE && given.putIfAbsent(number, migration) != null) {
        found.add(tree.name(migration) + " has a number that is given already");
      }
    }
    return found;
  }

  private static int number(Path migration) {
    Matcher name = NAME.matcher(migration.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : 0;
  }

  /** Those that another follows and that are not as the list says, as they would stand in it. */
  private static List<String> changed(SourceTree tree) throws IOException {
    List<Path> migrations = migrations(tree);
    int newest = migrations.stream().mapToInt(MigrationsTest::number).max().orElse(0);
    Path list = tree.root().resolve(FROZEN);
    List<String> frozen = Files.exists(list) ? Files.readAllLines(list) : List.of();
    return migrations.stream()
        .filter(migration -> newest > BASELINE && number(migration) < newest)
        .map(migration -> Hashes.sha256(SourceTree.read(migration)) + "  " + tree.name(migration))
        .filter(line -> !frozen.contains(line))
        .toList();
  }
}
