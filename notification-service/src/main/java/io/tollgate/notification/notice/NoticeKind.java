package io.tollgate.notification.notice;

import io.tollgate.model.Requestable;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Every kind of notice of the contract's section 14 that has a trigger, with the rule that demands
 * it.
 */
public enum NoticeKind implements Requestable {
  RELOCATION(GateKind.RELOCATION),
  TERMS_CHANGE(GateKind.TERMS_CHANGE),
  DISCONTINUATION(GateKind.DISCONTINUATION),
  AGREEMENT_TRANSFER(GateKind.AGREEMENT_TRANSFER),
  FREE_BECOMES_CHARGEABLE(GateKind.FREE_BECOMES_CHARGEABLE),
  SET_OFF(GateKind.SET_OFF),
  AFFILIATE_DEBT_CHARGED(GateKind.AFFILIATE_DEBT_CHARGED),
  COMPLAINT("C3.1.9", Origin.OPERATOR),
  ANNOUNCEMENT("C4.2", Origin.OPERATOR),
  /** Advertising: the only kind that needs the account's consent and can be opted out of. */
  MARKETING("C4.2.2", Origin.OPERATOR),
  LOW_BALANCE("C2.2", Origin.EVENT),
  LOW_BALANCE_FORECAST("C7.3", Origin.EVENT),
  ARREARS_BEGUN("C2.3", Origin.EVENT),
  SUSPENSION_AHEAD("C2.3", Origin.EVENT),
  SUSPENDED("C2.3", Origin.EVENT),
  RESUMED("C2.3", Origin.EVENT),
  DELETION_AHEAD("C4.1.5", Origin.EVENT),
  DELETION_DONE("C4.1.5", Origin.EVENT),
  RECHARGE_RECEIVED("C2.2", Origin.EVENT),
  RECHARGE_REVERSED("C2.2", Origin.EVENT),
  REMITTANCE_REJECTED("C2.2", Origin.EVENT),
  BILL_READY("C2.3.2", Origin.EVENT),
  BILL_ADJUSTED("C2.3.2", Origin.EVENT),
  CREDIT_GIVEN("C2.2", Origin.EVENT),
  CREDIT_TAKEN_BACK("C2.2", Origin.EVENT),
  PRICE_CHANGE_AHEAD("C2.1", Origin.EVENT),
  PRICE_CHANGE_WITHDRAWN("C2.1", Origin.EVENT);

  /** Who makes a notice of a kind. */
  public enum Origin {
    /** An operator publishes it. */
    OPERATOR,
    /** An event of another service causes it. */
    EVENT
  }

  private static final Set<NoticeKind> WITH_THE_WEBSITE =
      EnumSet.of(TERMS_CHANGE, DISCONTINUATION, AGREEMENT_TRANSFER);

  private static final Set<NoticeKind> OF_SINGLE_ACCOUNTS =
      EnumSet.of(RELOCATION, SET_OFF, AFFILIATE_DEBT_CHARGED, COMPLAINT, MARKETING);

  private final String rule;
  private final Origin origin;
  private final Optional<GateKind> gate;

  NoticeKind(String rule, Origin origin) {
    this.rule = rule;
    this.origin = origin;
    this.gate = Optional.empty();
  }

  NoticeKind(GateKind gate) {
    this.rule = gate.rule().value();
    this.origin = Origin.OPERATOR;
    this.gate = Optional.of(gate);
  }

  /** The contract rule behind it. */
  public RuleId rule() {
    return new RuleId(rule);
  }

  /** The kinds that operators may publish. */
  static Set<NoticeKind> publishedByOperators() {
    Set<NoticeKind> kinds = EnumSet.allOf(NoticeKind.class);
    kinds.removeIf(kind -> !kind.isRequestable());
    return kinds;
  }

  /** Whether operators may publish it. */
  @Override
  public boolean isRequestable() {
    return origin == Origin.OPERATOR;
  }

  /** Whether its clause names the website: a public announcement is published as well. */
  public boolean isAnnouncedPublicly() {
    return WITH_THE_WEBSITE.contains(this);
  }

  /** Whether it is about single accounts, or only for those that want it: never for the public. */
  boolean isNeverAnnounced() {
    return OF_SINGLE_ACCOUNTS.contains(this);
  }

  /**
   * Whether it goes only to accounts that have consented to marketing (C4.2.2). No other kind can
   * be opted out of.
   */
  public boolean needsConsent() {
    return this == MARKETING;
  }

  /** The gate it opens, if it has a lead. */
  public Optional<GateKind> gate() {
    return gate;
  }
}
