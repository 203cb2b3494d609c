package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import java.util.List;

/** The outcome of a trigger. */
public sealed interface Outcome {

  /**
   * Something changed.
   *
   * @param status the instance's status from now on
   * @param events what to tell, in order
   * @param commands what to ask of the platform, in order
   */
  record Changed(Status status, List<AccountEvent> events, List<WantedCommand> commands)
      implements Outcome {

    /** Keeps its own copies. */
    public Changed {
      events = List.copyOf(events);
      commands = List.copyOf(commands);
    }
  }

  /**
   * Nothing to do, which is correct: the trigger is a repetition, obsolete or without consequence.
   */
  record Unchanged(String why) implements Outcome {}

  /** The trigger is not allowed. */
  record Refused(Refusal refusal, RuleId rule) implements Outcome {}

  /** Why a trigger is not allowed. */
  enum Refusal {
    /** C4.1.5. */
    RELEASE_COMMANDED("the release of the instance was commanded, which cannot be undone"),
    /** C4.1.5. */
    ALREADY_RELEASED("all data of the instance is deleted"),
    /** C4.1.4. */
    LEGAL_HOLD("a legal hold forbids deletion: lift it first"),
    /** Section 6. */
    ARREARS_HOLD_FOLLOWS_THE_DEBT(
        "the arrears hold follows the debt: payment lifts it; it cannot be placed or lifted by"
            + " hand"),
    NO_SUCH_HOLD("this hold is not in place"),
    RELEASE_NOT_COMMANDED("no release of the instance was commanded");

    private final String sentence;

    Refusal(String sentence) {
      this.sentence = sentence;
    }

    /** Why, for whoever asked. */
    public String sentence() {
      return sentence;
    }
  }
}
