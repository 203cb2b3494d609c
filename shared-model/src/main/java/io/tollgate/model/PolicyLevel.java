package io.tollgate.model;

/** Levels of the agreement, the stronger first (C12.1, M4). */
public enum PolicyLevel implements Requestable {
  MAIN_AGREEMENT,
  PRICE_APPENDIX,
  ORDER_PAGE,
  SPECIAL_TERMS,
  GENERAL_TERMS,
  /** What is built in, when no level says anything. */
  DEFAULT;

  @Override
  public boolean isRequestable() {
    return this != DEFAULT;
  }
}
