package io.tollgate.support.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody does something, as a request's field {@code reason} says it: for the audit trail and
 * often for the customer, so that it must say something. One rule for all requests.
 */
public final class ReasonText {

  private static final String FIELD = "reason";
  private static final int MAX_LENGTH = 500;

  private ReasonText() {}

  /**
   * The reason of a request that needs one.
   *
   * @throws ProblemException 400 when it is missing, blank, too long or not one line
   */
  public static String required(@Nullable String reason) {
    return Fields.text(FIELD, reason, MAX_LENGTH);
  }

  /**
   * The reason of a request that may lack one.
   *
   * @param otherwise what is noted in its place
   * @throws ProblemException 400 when there is one that is blank, too long or not one line
   */
  public static String optional(Optional<String> reason, String otherwise) {
    return reason.map(ReasonText::required).orElse(otherwise);
  }
}
