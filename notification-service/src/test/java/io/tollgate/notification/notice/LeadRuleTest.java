package io.tollgate.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.notification.notice.LeadRule.Verdict;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadRuleTest {

  private static final BillingCalendar SHANGHAI = BillingCalendar.SHANGHAI;
  private static final Texts TEXTS =
      new Texts(new NoticeText("Title", "Body"), new NoticeText("标题", "正文"));
  private static final Instant FIRST_OF_MARCH_15_00 = local("2026-03-01T15:00");

  private static Instant local(String text) {
    return LocalDateTime.parse(text).atZone(SHANGHAI.zone()).toInstant();
  }

  private static NoticeDraft draft(NoticeKind kind, Optional<Instant> effectAt) {
    return draft(kind, kind.gate().map(LeadRuleTest::action), effectAt);
  }

  private static GateAction action(GateKind gate) {
    ProductId product = ProductId.of("p");
    return switch (gate) {
      case RELOCATION -> GateAction.Relocation.of(InstanceId.of("i"));
      case TERMS_CHANGE -> new GateAction.Terms("terms-2", Optional.empty());
      case DISCONTINUATION -> new GateAction.Discontinuation(product);
      case AGREEMENT_TRANSFER -> new GateAction.Transfer("subsidiary");
      case FREE_BECOMES_CHARGEABLE -> new GateAction.Price(product, 2);
      case SET_OFF -> new GateAction.SetOff(AccountId.of("a"));
      case AFFILIATE_DEBT_CHARGED ->
          new GateAction.AffiliateDebt(AccountId.of("a"), AccountId.of("b"));
    };
  }

  private static NoticeDraft draft(
      NoticeKind kind, Optional<GateAction> action, Optional<Instant> effectAt) {
    return new NoticeDraft(
        kind,
        action,
        new Audience.Accounts(Set.of(AccountId.of("a"))),
        effectAt,
        Optional.empty(),
        false,
        TEXTS);
  }

  private static Verdict judge(NoticeKind kind, int leadDays, String effectAt) {
    return LeadRule.judge(
        draft(kind, Optional.of(local(effectAt))), leadDays, FIRST_OF_MARCH_15_00, SHANGHAI);
  }

  @Test
  void sevenWholeDaysAfterTheFirstOfMarchEndAtMidnightOfTheNinth() {
    assertThat(judge(NoticeKind.RELOCATION, 7, "2026-03-08T15:00"))
        .isEqualTo(new Verdict.TooEarly(GateKind.RELOCATION, 7, local("2026-03-09T00:00")));
    assertThat(judge(NoticeKind.RELOCATION, 7, "2026-03-08T23:59:59.999999"))
        .isInstanceOf(Verdict.TooEarly.class);
    assertThat(judge(NoticeKind.RELOCATION, 7, "2026-03-09T00:00"))
        .isEqualTo(new Verdict.Lawful(7));
  }

  @ParameterizedTest(name = "{0} with a lead of {1} days: {2} is the earliest lawful time")
  @CsvSource({
    "FREE_BECOMES_CHARGEABLE, 10, 2026-03-12T00:00, 2026-03-11T23:59:59",
    "TERMS_CHANGE, 30, 2026-04-01T00:00, 2026-03-31T15:00",
    "DISCONTINUATION, 30, 2026-04-01T00:00, 2026-03-31T23:59:59",
    "AGREEMENT_TRANSFER, 30, 2026-04-01T00:00, 2026-03-01T15:00"
  })
  void aRefusalNamesTheEarliestLawfulTime(
      NoticeKind kind, int leadDays, String earliest, String tooEarly) {
    assertThat(kind.gate().orElseThrow().leadDays()).isEqualTo(leadDays);
    assertThat(judge(kind, leadDays, earliest)).isEqualTo(new Verdict.Lawful(leadDays));
    assertThat(judge(kind, leadDays, tooEarly))
        .isEqualTo(new Verdict.TooEarly(kind.gate().orElseThrow(), leadDays, local(earliest)));
  }

  @Test
  void withoutALeadTheEffectMayFollowTheDeliveryAtOnce() {
    assertThat(judge(NoticeKind.SET_OFF, 0, "2026-03-01T15:00")).isEqualTo(new Verdict.Lawful(0));
    assertThat(judge(NoticeKind.SET_OFF, 0, "2026-03-01T14:59:59"))
        .isInstanceOf(Verdict.TooEarly.class);
  }

  @Test
  void daysAreCountedOnTheLocalCalendarAlsoWhereClocksChange() {
    BillingCalendar newYork = new BillingCalendar(ZoneId.of("America/New_York"));
    assertThat(LeadRule.gateOpens(Instant.parse("2026-03-01T20:00:00Z"), 7, newYork))
        .isEqualTo("2026-03-09T04:00:00Z");
  }

  @Test
  void theDateOfTheDeliveryDecidesNotItsHour() {
    assertThat(LeadRule.gateOpens(local("2026-03-01T00:00"), 7, SHANGHAI))
        .isEqualTo(local("2026-03-09T00:00"));
    assertThat(LeadRule.gateOpens(local("2026-03-01T23:59:59"), 7, SHANGHAI))
        .isEqualTo(local("2026-03-09T00:00"));
    assertThat(LeadRule.gateOpens(local("2026-03-02T00:00"), 7, SHANGHAI))
        .isEqualTo(local("2026-03-10T00:00"));
  }

  @Test
  void whenDeliverySlipsTheEffectSlips() {
    Instant asked = local("2026-03-09T00:00");
    assertThat(LeadRule.effect(asked, local("2026-03-11T00:00")))
        .isEqualTo(local("2026-03-11T00:00"));
    assertThat(LeadRule.effect(asked, local("2026-03-08T00:00"))).isEqualTo(asked);
  }

  @Test
  void aGatedNoticeNamesItsActionAndItsEffect() {
    assertThat(
            LeadRule.judge(
                draft(NoticeKind.RELOCATION, Optional.empty()), 7, FIRST_OF_MARCH_15_00, SHANGHAI))
        .isInstanceOfSatisfying(
            Verdict.Unfit.class, unfit -> assertThat(unfit.field()).isEqualTo("effectAt"));
    NoticeDraft nameless =
        draft(NoticeKind.RELOCATION, Optional.empty(), Optional.of(local("2026-04-09T00:00")));
    assertThat(LeadRule.judge(nameless, 7, FIRST_OF_MARCH_15_00, SHANGHAI))
        .isInstanceOfSatisfying(
            Verdict.Unfit.class, unfit -> assertThat(unfit.field()).isEqualTo("action"));
  }

  @Test
  void aComplaintHasADeadlineThatLiesAhead() {
    assertThat(judge(NoticeKind.COMPLAINT, 0, "2026-04-01T00:00"))
        .isInstanceOfSatisfying(
            Verdict.Unfit.class, unfit -> assertThat(unfit.field()).isEqualTo("answerBy"));
  }

  @Test
  void operatorsDoNotPublishWhatEventsTell() {
    assertThat(judge(NoticeKind.SUSPENDED, 0, "2026-04-01T00:00"))
        .isInstanceOfSatisfying(
            Verdict.Unfit.class, unfit -> assertThat(unfit.field()).isEqualTo("kind"));
  }
}
