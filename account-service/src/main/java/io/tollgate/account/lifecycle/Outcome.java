package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import java.util.List;

/** What a trigger did to an instance. */
public sealed interface Outcome {

  /**
   * Something changed.
   *
   * @param status the instance's status from now on
   * @param events what to tell, in order
   * @param commands what to ask of the platform, in order
   */
  record Changed(Status status, List<AccountEvent> events, List<Wanted> commands)
      implements Outcome {

    /** Keeps its own copies. */
    public Changed {
      events = List.copyOf(events);
      commands = List.copyOf(commands);
    }
  }

  /** Nothing to do, and that is right: repeated, overtaken or without consequence. */
  record Unchanged(String why) implements Outcome {}

  /** Not allowed. */
  record Refused(Refusal refusal, RuleId rule) implements Outcome {}

  /** Why something is not allowed. */
  enum Refusal {
    /** The release command was issued; that can't be undone (C4.1.5). */
    RELEASE_COMMANDED,
    /** All data is deleted. */
    ALREADY_RELEASED,
    /** A legal hold forbids deletion. */
    LEGAL_HOLD,
    /** The arrears hold comes and goes with the debt only (section 6). */
    ARREARS_HOLD_FOLLOWS_THE_DEBT,
    /** No such hold is placed. */
    NO_SUCH_HOLD,
    /** The platform acknowledged a release nobody asked for. */
    RELEASE_NOT_COMMANDED
  }
}
