package io.tollgate.notification.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.Texts;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeOccasionTest {

  private static final AccountId ACCOUNT = AccountId.of("acc");
  private static final BillingCalendar CALENDAR = BillingCalendar.SHANGHAI;

  private final Templates templates = new Templates();

  private static NoticeOccasion occasion(Occurrence occurrence) {
    return occurrence
        .billing(ACCOUNT)
        .flatMap(event -> NoticeOccasion.of(event, CALENDAR))
        .or(() -> occurrence.account(ACCOUNT).flatMap(event -> NoticeOccasion.of(event, CALENDAR)))
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void everyOccurrenceHasItsNoticeInBothLanguages(Occurrence occurrence) {
    NoticeOccasion occasion = occasion(occurrence);
    Texts texts = templates.render(occasion.kind(), language -> occasion.values());
    assertThat(occasion.kind().name()).isEqualTo(occurrence.name());
    assertThat(occasion.account()).isEqualTo(ACCOUNT);
    assertThat(texts.en().title()).isEqualTo(occurrence.english(ACCOUNT));
    assertThat(texts.zh().title()).isEqualTo(occurrence.chinese(ACCOUNT));
    assertThat(texts.en().body()).doesNotContain("{{").contains("acc");
    assertThat(texts.zh().body()).doesNotContain("{{").contains("acc");
  }

  @Test
  void everyKindThatEventsTellHasAnOccurrence() {
    assertThat(Arrays.stream(Occurrence.values()).map(Enum::name))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(NoticeKind.values())
                .filter(kind -> !kind.isRequestable())
                .map(Enum::name)
                .toList());
  }

  private Texts texts(BillingEvent event) {
    NoticeOccasion occasion = NoticeOccasion.of(event, CALENDAR).orElseThrow();
    return templates.render(occasion.kind(), language -> occasion.values());
  }

  private Texts texts(Occurrence occurrence) {
    return texts(occurrence.billing(ACCOUNT).orElseThrow());
  }

  /** Nothing was restored of the credit, and nothing is said of it. */
  @Test
  void aRechargeIsTakenApart() {
    assertThat(texts(Occurrence.RECHARGE_RECEIVED).en().body())
        .isEqualTo(
            """
            Account acc received 20.000000 CNY (alipay, 2026-03-01 00:00:00 Asia/Shanghai).
            15.000000 CNY paid unpaid bills.
            0.160000 CNY paid penalties.
            4.840000 CNY was added to the balance.\
            """);
    assertThat(texts(Occurrence.RECHARGE_RECEIVED).zh().body())
        .isEqualTo(
            """
            账户 acc 已收到充值 20.000000 CNY（alipay，2026-03-01 00:00:00 Asia/Shanghai）。
            15.000000 CNY 用于支付欠费。
            0.160000 CNY 用于支付违约金。
            4.840000 CNY 计入余额。\
            """);
  }

  @Test
  void aBillSaysOnlyWhatPaidForIt() {
    assertThat(texts(Occurrence.BILL_READY).en().body())
        .endsWith(
            """
            amounts to 100.000000 CNY.
            40.000000 CNY was paid from the balance.
            60.000000 CNY is unpaid and due at 2026-03-01 00:00:00 Asia/Shanghai.\
            """);
  }

  /** The policy's rate is 0.05 %; the notice said 0.1 % whatever the policy was. */
  @Test
  void arrearsNameThePenaltyRateInForce() {
    assertThat(texts(Occurrence.ARREARS_BEGUN).en().body())
        .isEqualTo(
            """
            Account acc has owed 60.000000 CNY for product vm since 2026-03-01 00:00:00 Asia/Shanghai (bill b-1).
            Each day after that for which it stays unpaid adds a penalty of 0.05 % of the unpaid amount.
            If it is not paid by the end of the grace period, your pay-as-you-go instances of vm are suspended. \
            They resume automatically once everything owed for vm is paid.\
            """);
    assertThat(texts(Occurrence.ARREARS_BEGUN).zh().body()).contains("此后每个自然日按未付金额的 0.05% 计收违约金。");
  }

  @ParameterizedTest
  @CsvSource({"0.001, 0.1 %", "0.0100, 1 %", "1, 100 %", "0.000333, 0.0333 %"})
  void aRateIsWrittenAsItsExactPercentage(BigDecimal rate, String percentage) {
    assertThat(texts(arrears(Optional.of(rate))).en().body())
        .contains("a penalty of " + percentage + " of the unpaid amount");
  }

  @Test
  void arrearsWithoutAPenaltyAndThoseOfAnOlderBillingNameNoRate() {
    Stream.of(Optional.of(new BigDecimal("0.000")), Optional.<BigDecimal>empty())
        .map(rate -> texts(arrears(rate)))
        .forEach(
            texts -> {
              assertThat(texts.en().body()).doesNotContain("penalty").contains("suspended");
              assertThat(texts.zh().body()).doesNotContain("违约金").contains("暂停");
            });
  }

  private static BillingEvent arrears(Optional<BigDecimal> rate) {
    BillingEvent.ArrearsBegan known =
        (BillingEvent.ArrearsBegan) Occurrence.ARREARS_BEGUN.billing(ACCOUNT).orElseThrow();
    return new BillingEvent.ArrearsBegan(
        ACCOUNT,
        known.product(),
        known.earliestBill(),
        known.earliestDueAt(),
        known.owed(),
        rate,
        known.at(),
        known.rule());
  }

  /** "Everything owed" was asked for, though only its product's arrears suspend an instance. */
  @ParameterizedTest
  @EnumSource(names = {"SUSPENSION_AHEAD", "DELETION_AHEAD"})
  void whatMustBePaidIsWhatIsOwedForTheProduct(Occurrence occurrence) {
    NoticeOccasion occasion = occasion(occurrence);
    Texts texts = templates.render(occasion.kind(), language -> occasion.values());
    assertThat(texts.en().body()).contains("everything owed for product p-1");
    assertThat(texts.zh().body()).contains("付清产品 p-1 的全部欠费");
  }

  @Test
  void aDeletionAheadAsksToHearOfItsDelivery() {
    NoticeOccasion occasion = occasion(Occurrence.DELETION_AHEAD);
    assertThat(occasion.correlation()).contains("w-acc");
    assertThat(occasion.leadDays()).isEqualTo(7);
    assertThat(occasion.effectAt()).contains(java.time.Instant.parse("2026-03-04T16:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "SUSPENDED, RELEASING",
    "SUSPENDED, RELEASED",
    "ACTIVE, IN_ARREARS",
    "IN_ARREARS, ACTIVE"
  })
  void otherChangesOfStateAreNotTold(InstanceState from, InstanceState to) {
    assertThat(
            NoticeOccasion.of(
                new AccountEvent.InstanceStateChanged(
                    ACCOUNT,
                    InstanceId.of("i-1"),
                    ProductId.of("p-1"),
                    from,
                    to,
                    "reason",
                    ServiceTest.START,
                    new RuleId("C2.3")),
                CALENDAR))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aMissingValueIsAnErrorAndNeverAGapInANotice() {
    assertThatThrownBy(() -> templates.render(NoticeKind.SUSPENDED, language -> Map.of()))
        .isInstanceOf(MustacheException.class);
    assertThatThrownBy(() -> templates.render(NoticeKind.RELOCATION, language -> Map.of()))
        .hasMessageContaining("operators write");
  }
}
