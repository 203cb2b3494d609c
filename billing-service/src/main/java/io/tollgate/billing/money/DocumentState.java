package io.tollgate.billing.money;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a document that moves money stands: it is requested, decided and booked, and what was
 * booked may be reversed. It never goes back, so whatever is asked twice happens once.
 */
public enum DocumentState {
  /** Nobody knows yet whose money it is. */
  UNMATCHED,
  /** Waits for a decision. */
  PENDING,
  /** Its money has moved. */
  BOOKED,
  /** It was refused; its money never moves. */
  REJECTED,
  /** Its money has moved back. */
  REVERSED;

  /** What somebody finds who wants to bring a document to a state. */
  public enum Step {
    /** It can be brought there now. */
    DUE,
    /** It is there already: a repeated request changes nothing. */
    DONE,
    /** It cannot get there any more, or not yet. */
    REFUSED
  }

  /** The step from here to another state. */
  public Step toward(DocumentState wanted) {
    if (this == wanted) {
      return Step.DONE;
    }
    return next().contains(wanted) ? Step.DUE : Step.REFUSED;
  }

  /** The states that this one directly follows. */
  public Set<DocumentState> before() {
    Set<DocumentState> before = EnumSet.noneOf(DocumentState.class);
    for (DocumentState state : values()) {
      if (state.next().contains(this)) {
        before.add(state);
      }
    }
    return before;
  }

  private Set<DocumentState> next() {
    return switch (this) {
      case UNMATCHED -> EnumSet.of(PENDING, REJECTED);
      case PENDING -> EnumSet.of(BOOKED, REJECTED);
      case BOOKED -> EnumSet.of(REVERSED);
      case REJECTED, REVERSED -> EnumSet.noneOf(DocumentState.class);
    };
  }
}
