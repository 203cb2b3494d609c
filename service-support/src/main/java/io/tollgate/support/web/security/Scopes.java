package io.tollgate.support.web.security;

import java.util.List;

/** The scopes of operators' tokens. */
public final class Scopes {

  public static final String RECHARGE = "recharge";
  public static final String ADJUST = "adjust";

  /** Deciding what another operator adjusted. */
  public static final String APPROVE = "approve";

  public static final String REFUND = "refund";
  public static final String CATALOGUE = "catalogue";
  public static final String POLICY = "policy";
  public static final String CLOCK = "clock";
  public static final String NOTICE = "notice";
  public static final String HOLD = "hold";
  public static final String ACCOUNT = "account";
  public static final String REPLAY = "replay";

  /** All of them. */
  public static final List<String> ALL =
      List.of(
          RECHARGE, ADJUST, APPROVE, REFUND, CATALOGUE, POLICY, CLOCK, NOTICE, HOLD, ACCOUNT,
          REPLAY);

  private Scopes() {}
}
