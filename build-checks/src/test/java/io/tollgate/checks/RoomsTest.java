package io.tollgate.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rooms inside a service: a feature depends on base packages and on pure rules, never on
 * another feature, so that one can be added or removed without touching its neighbours.
 */
class RoomsTest {

  /**
   * What the features of a service may depend on. A package that is not listed here is a feature,
   * so that a new one is walled off from its first class on.
   */
  private static final Map<String, Set<String>> BASE =
      Map.of(
          "billing",
          Set.of("money", "rating", "journal", "sweep", "catalogue", "usage", "line", "account"),
          "account",
          Set.of("lifecycle", "access", "effects", "accounts", "commands", "products", "instances"),
          "notification",
          Set.of("notice", "directory", "inbox", "email"));

  /** Rules as plain Java. */
  private static final String[] PURE = {
    "io.tollgate.billing.money..",
    "io.tollgate.billing.rating..",
    "io.tollgate.account.lifecycle..",
    "io.tollgate.metering.aggregation.."
  };

  private static final String[] EDGES = {
    "org.springframework..",
    "java.sql..",
    "javax.sql..",
    "tools.jackson..",
    "com.fasterxml..",
    "org.apache.kafka..",
    "io.tollgate.support..",
    "io.tollgate.store.."
  };

  private static final String JOURNAL = "io.tollgate.billing.journal..";

  /** What is booked, and the rows that keep it; their nested classes too. */
  private static final String BOOKINGS =
      "io\\.tollgate\\.billing\\.(money\\.Movement|journal\\.(Posting|BookedMovement))(\\$.*)?";

  /** A statement on what is booked, or a COPY into it. */
  private static final Pattern READS_WHAT_IS_BOOKED =
      Pattern.compile(
          "(?i)\\b(from|join|into|update|copy|table)\\s+(posting|movement)\\b"
              + "|\"(posting|movement)\"");

  /** A statement that changes what the journal owns. */
  private static final Pattern WRITES_WHAT_IS_BOOKED =
      Pattern.compile(
          "(?i)\\b(insert\\s+into|update|delete\\s+from|copy)\\s+"
              + "(posting|movement|bill|open_pot|penalty_day|told_arrears"
              + "|account_checkpoint|checkpoint_pot)\\b");

  /** A condition on several kinds of commands. */
  private static final Pattern LISTS_COMMAND_KINDS =
      Pattern.compile("(?i)\\bkind\\s+(not\\s+)?in\\s*\\(\\s*'");

  private static final SourceTree TREE = SourceTree.ofThisProject();

  @Test
  void featuresDependOnBasePackagesOnly() {
    BASE.forEach(
        (service, base) ->
            classes()
                .that()
                .resideInAPackage("io.tollgate." + service + ".*..")
                .should(dependOnBaseOnly(service, base))
                .because("a feature can be added or removed without touching its neighbours")
                .check(MainClasses.ALL));
  }

  private static ArchCondition<JavaClass> dependOnBaseOnly(String service, Set<String> base) {
    String root = "io.tollgate." + service + ".";
    return new ArchCondition<>("depend on their own package and on " + base) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String own = room(type, root);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other = room(dependency.getTargetClass(), root);
          if (!other.isEmpty() && !other.equals(own) && !base.contains(other)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The room of a class of this service; empty for all others. */
  private static String room(JavaClass type, String root) {
    String name = type.getPackageName();
    if (!name.startsWith(root)) {
      return "";
    }
    String below = name.substring(root.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  @Test
  void pureRoomsHaveNoEdges() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(EDGES)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.InstantSource")
        .because("a rule that needs no framework, database or clock can be read and tested alone")
        .check(MainClasses.ALL);
  }

  @Test
  void onlyTheJournalKnowsWhatIsBooked() {
    noClasses()
        .that()
        .resideInAPackage("io.tollgate.billing..")
        .and()
        .resideOutsideOfPackages(JOURNAL, "io.tollgate.billing.money..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(BOOKINGS)
        .because("whoever moves money asks the journal, which alone books")
        .check(MainClasses.ALL);
  }

  @Test
  void onlyTheJournalWritesTheTablesOfWhatIsBooked() {
    assertThat(outsideOfTheJournal().flatMap(file -> found(WRITES_WHAT_IS_BOOKED, file)))
        .as("statements outside of the journal that change its tables")
        .isEmpty();
  }

  @Test
  void onlyTheJournalAndTheAuditReadWhatIsBooked() {
    assertThat(
            outsideOfTheJournal()
                .filter(file -> !TREE.name(file).contains("/billing/audit/"))
                .flatMap(file -> found(READS_WHAT_IS_BOOKED, file)))
        .as("statements on postings or movements outside of the journal and of what checks it")
        .isEmpty();
  }

  @Test
  void whichCommandsDecideAnAspectIsSaidInOnePlace() {
    assertThat(main("account-service").flatMap(file -> found(LISTS_COMMAND_KINDS, file)))
        .as("statements that list kinds of commands instead of asking Aspect")
        .isEmpty();
  }

  private static Stream<Path> main(String module) {
    return TREE.javaFiles().stream()
        .filter(file -> TREE.name(file).startsWith(module + "/src/main/"));
  }

  private static Stream<Path> outsideOfTheJournal() {
    return main("billing-service").filter(file -> !TREE.name(file).contains("/billing/journal/"));
  }

  private static Stream<String> found(Pattern statement, Path file) {
    return statement
        .matcher(SourceTree.read(file))
        .results()
        .map(match -> TREE.name(file) + ": " + match.group());
  }
}
