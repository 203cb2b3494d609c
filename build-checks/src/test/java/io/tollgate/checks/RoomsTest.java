package io.tollgate.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/**
 * The rooms inside a service: a feature depends on base packages and on pure rules, never on
 * another feature, so that one can be added or removed without touching its neighbours.
 */
class RoomsTest {

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
    "org.apache.kafka..",
    "io.tollgate.support..",
    "io.tollgate.store.."
  };

  private static final String JOURNAL = "io.tollgate.billing.journal..";

  /** What is booked, and the rows that keep it; their nested classes too. */
  private static final String BOOKINGS =
      "io\\.tollgate\\.billing\\.(money\\.Movement|journal\\.(Posting|BookedMovement))(\\$.*)?";

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
}
