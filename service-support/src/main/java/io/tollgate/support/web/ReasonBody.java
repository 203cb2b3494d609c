package io.tollgate.support.web;

/**
 * The body of a request that says nothing but why: a rejection, a withdrawal, an ending.
 *
 * @param reason see {@link ReasonText#required}
 */
public record ReasonBody(String reason) {
  public ReasonBody {
    reason = ReasonText.required(reason);
  }
}
