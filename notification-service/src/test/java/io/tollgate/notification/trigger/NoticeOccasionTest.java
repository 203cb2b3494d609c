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
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.Texts;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void aRechargeIsTakenApart() {
    NoticeOccasion occasion = occasion(Occurrence.RECHARGE_RECEIVED);
    assertThat(templates.render(occasion.kind(), language -> occasion.values()).en().body())
        .isEqualTo(
            "Account acc received 20.000000 CNY (alipay, 2026-03-01 00:00:00 Asia/Shanghai):"
                + " 15.000000 CNY paid what was owed, 0.160000 CNY penalty, 0.000000 CNY restored"
                + " credit, 4.840000 CNY raised funds.");
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
