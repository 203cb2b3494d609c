package io.tollgate.client;

/**
 * A service did not answer, or was overloaded, for as long as the request was repeated. The request
 * may have been carried out; sending it again is harmless.
 */
public final class NoAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoAnswerException(String message) {
    super(message);
  }
}
