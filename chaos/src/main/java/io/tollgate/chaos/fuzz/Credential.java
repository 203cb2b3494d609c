package io.tollgate.chaos.fuzz;

/** Who asks. */
enum Credential {
  /** Every scope but that of the clock. */
  OPERATOR(Sight.ALL),
  OPERATOR_WITHOUT_SCOPES(Sight.ALL),
  PLATFORM(Sight.NO_CONTACTS),
  OTHER_PLATFORM(Sight.NO_CONTACTS),
  CUSTOMER(Sight.OWN),
  CUSTOMER_OF_ANOTHER(Sight.OWN),
  CUSTOMER_OF_NOBODY(Sight.OWN),
  MONITOR(Sight.OWN),
  NOBODY(Sight.NOTHING),
  GARBAGE(Sight.NOTHING),
  BASIC(Sight.NOTHING),
  EXPIRED(Sight.NOTHING),
  UNSIGNED(Sight.NOTHING),
  OF_ANOTHER_KEY(Sight.NOTHING),
  TAMPERED_WITH(Sight.NOTHING);

  private final Sight sight;

  /** What answers may show. */
  enum Sight {
    ALL,
    /** What instances need, but not who to write to. */
    NO_CONTACTS,
    /** What is the asker's, and what is everybody's. */
    OWN,
    /** Only that a token is needed. */
    NOTHING
  }

  Credential(Sight sight) {
    this.sight = sight;
  }

  Sight sight() {
    return sight;
  }

  boolean valid() {
    return sight != Sight.NOTHING;
  }

  /** Whether what it asks for is done where it is well-formed. */
  boolean powerful() {
    return this == OPERATOR || this == PLATFORM;
  }
}
