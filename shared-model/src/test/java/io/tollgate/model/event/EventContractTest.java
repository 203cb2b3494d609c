package io.tollgate.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.NoticeId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RechargeId;
import io.tollgate.model.RuleId;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Events read and write exactly as the golden files say: a change that breaks one breaks every
 * running reader.
 */
class EventContractTest {

  private static final Instant AT = Instant.parse("2026-03-01T02:00:00Z");
  private static final AccountId ACCOUNT = AccountId.of("acc-1");

  @Test
  void aUsageRevisionKeepsItsShape() throws IOException {
    assertGolden(
        UsageRecord.CODEC,
        new UsageRevision(
            ACCOUNT,
            InstanceId.of("i-1"),
            ProductId.of("compute.standard"),
            MeterKey.of("cpu-seconds"),
            "s",
            new TreeMap<>(Map.of("zone", "a", "size", "large")),
            Granularity.HOUR,
            Instant.parse("2026-03-01T01:00:00Z"),
            AT,
            new BigDecimal("32708.4247700000004170"),
            12,
            2,
            "g1",
            3,
            AT,
            Optional.of(new UsageRevision.Place(7, 1))),
        "usage-revision.json");
  }

  @Test
  void aUsageRevisionOfAnOlderMeteringIsReadAsNotNumbered() throws IOException {
    assertThat(
            UsageRecord.CODEC
                .decode(golden("usage-revision-unnumbered.json"))
                .map(EventEnvelope::data))
        .get()
        .isInstanceOfSatisfying(
            UsageRevision.class,
            read -> {
              assertThat(read.revision()).isEqualTo(2);
              assertThat(read.place()).isEmpty();
            });
  }

  @Test
  void aClosedMarkerKeepsItsShape() throws IOException {
    assertGolden(
        UsageRecord.CODEC,
        new WindowsClosed("g1", 3, 5, 7, Granularity.DAY, AT, AT, 12, 345),
        "windows-closed.json");
  }

  @Test
  void aBookedBillKeepsItsShape() throws IOException {
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.BillBooked(
            ACCOUNT,
            BillId.of("b-1"),
            ProductId.of("compute.standard"),
            BillingCycle.HOUR,
            Instant.parse("2026-03-01T01:00:00Z"),
            AT,
            cny("100"),
            cny("40"),
            cny("0"),
            cny("60"),
            AT,
            AT,
            RuleId.of("C2.3.2")),
        "bill-booked.json");
  }

  @Test
  void arrearsOfAProductKeepTheirShape() throws IOException {
    RuleId rule = RuleId.of("C2.3");
    ProductId product = ProductId.of("compute.standard");
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.ArrearsBegan(
            ACCOUNT,
            product,
            BillId.of("b-1"),
            AT,
            cny("60"),
            Optional.of(new BigDecimal("0.001")),
            AT,
            rule),
        "arrears-began.json");
    assertThat(
            BillingEvent.CODEC
                .decode(golden("arrears-began-without-rate.json"))
                .map(EventEnvelope::data))
        .as("of an older billing")
        .contains(
            new BillingEvent.ArrearsBegan(
                ACCOUNT, product, BillId.of("b-1"), AT, cny("60"), Optional.empty(), AT, rule));
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.ArrearsCleared(ACCOUNT, product, cny("0.16"), AT, rule),
        "arrears-cleared.json");
  }

  @Test
  void aWatermarkOfBillingKeepsItsShapeAndIsNoEvent() throws IOException {
    assertGolden(
        BillingRecord.CODEC,
        new BillingWatermark(
            AT, 3, Optional.of(List.of(AccountId.of("acc-2"), AccountId.of("acc-3")))),
        "billing-watermark-set-aside.json");
    assertThat(
            BillingRecord.CODEC.decode(golden("billing-watermark.json")).map(EventEnvelope::data))
        .as("of an older billing")
        .contains(new BillingWatermark(AT, 3, Optional.empty()));
    assertThat(BillingEvent.CODEC.decode(golden("billing-watermark.json"))).isEmpty();
  }

  @Test
  void aPricedProductKeepsItsShape() throws IOException {
    assertGolden(
        PricedProduct.CODEC,
        new PricedProduct(
            ProductId.of("compute.standard"),
            BillingCycle.HOUR,
            true,
            List.of(
                new PricedProduct.Version(
                    1,
                    Instant.parse("2026-02-28T16:00:00Z"),
                    List.of(MeterKey.of("net-out-gb"), MeterKey.of("vcpu-hours"))))),
        "priced-product.json");
    assertGolden(
        PricedProduct.CODEC,
        new PricedProduct(ProductId.of("compute.standard"), BillingCycle.HOUR, false, List.of()),
        "product-without-price.json");
  }

  @Test
  void aStatedDebtKeepsItsShape() throws IOException {
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.DebtStated(ACCOUNT, cny("60"), cny("0.16"), AT, RuleId.of("C2.3")),
        "debt-stated.json");
  }

  @Test
  void aRejectedRemittanceAndALowBalanceKeepTheirShape() throws IOException {
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.RemittanceRejected(
            ACCOUNT,
            RechargeId.of("rch-1"),
            "wire-4",
            cny("7.5"),
            "sent twice",
            AT,
            RuleId.of("C2.2")),
        "remittance-rejected.json");
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.LowBalance(
            ACCOUNT,
            BillingEvent.LowBalance.Reason.FORECAST,
            cny("60"),
            Optional.empty(),
            Optional.of(AT.plusSeconds(3_600)),
            AT,
            RuleId.of("C2.2")),
        "low-balance.json");
  }

  @Test
  void anAccruedPenaltyKeepsItsShape() throws IOException {
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.PenaltyAccrued(
            ACCOUNT,
            BillId.of("b-1"),
            LocalDate.parse("2026-02-28"),
            cny("60"),
            cny("0.06"),
            cny("0.16"),
            AT,
            RuleId.of("C2.3")),
        "penalty-accrued.json");
  }

  @Test
  void aDeclaredForceMajeureKeepsItsShape() throws IOException {
    assertGolden(
        BillingEvent.CODEC,
        new BillingEvent.ForceMajeureDeclared(
            ACCOUNT,
            "fm-1",
            AT,
            Instant.parse("2026-03-03T02:00:00Z"),
            "a flood",
            AT,
            RuleId.of("C10.1")),
        "force-majeure-declared.json");
  }

  @Test
  void aPublishedGateKeepsItsShape() throws IOException {
    assertGolden(
        NoticeEvent.CODEC,
        new NoticeEvent.NoticePublished(
            NoticeId.of("n-1"),
            GateAction.Relocation.of(InstanceId.of("i-1")),
            7,
            AT,
            AT,
            RuleId.of("C3.2.8")),
        "notice-published.json");
  }

  /** A gate is kept under what its notice announced: each kind of action is read as written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"PRICE\",\"product\":\"p\",\"version\":2}|FREE_BECOMES_CHARGEABLE",
        "{\"type\":\"POLICY\",\"name\":\"penalty.rate\",\"level\":\"GENERAL_TERMS\",\"value\":\"0.002\"}|TERMS_CHANGE",
        "{\"type\":\"TERMS\",\"document\":\"terms-2\",\"product\":\"p\"}|TERMS_CHANGE",
        "{\"type\":\"RELOCATION\",\"instances\":[\"i-1\"]}|RELOCATION",
        "{\"type\":\"DISCONTINUATION\",\"product\":\"p\"}|DISCONTINUATION",
        "{\"type\":\"TRANSFER\",\"affiliate\":\"subsidiary\"}|AGREEMENT_TRANSFER",
        "{\"type\":\"SET_OFF\",\"account\":\"acc-1\"}|SET_OFF",
        "{\"type\":\"AFFILIATE_DEBT\",\"principal\":\"a\",\"affiliate\":\"b\"}|AFFILIATE_DEBT_CHARGED",
      })
  void anActionBehindAGateKeepsItsShape(String json, NoticeEvent.GateKind kind) {
    GateAction read = WireMapper.mapper().readValue(json, GateAction.class);
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(WireMapper.mapper().readTree(WireMapper.mapper().writeValueAsString(read)))
        .isEqualTo(WireMapper.mapper().readTree(json));
  }

  /** A notice of a level that no row has would open nothing, after its lead had run. */
  @ParameterizedTest
  @CsvSource({"SOME_TERMS", "general_terms", "DEFAULT", "''"})
  void aPolicyIsAnnouncedAtALevelThatARowCanHave(String level) {
    String json =
        "{\"type\":\"POLICY\",\"name\":\"penalty.rate\",\"level\":\"%s\",\"value\":\"0.002\"}"
            .formatted(level);
    assertThatThrownBy(() -> WireMapper.mapper().readValue(json, GateAction.class))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("level");
  }

  /** What was taken for an event by fuzzing, and stopped or misled who read it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"data\":{|\"other\":{",
        "\"generation\":\"g1\"|\"generation\":null",
        "\"generation\":\"g1\"|\"generation\":\"g\\u0000\"",
        "\"sequence\":0|\"sequence\":\"x\"",
        "\"sequence\":0|\"sequence\":-1",
        "\"sequence\":0|\"sequence\":9223372036854775808",
        "\"epoch\":0|\"epoch\":0.5",
      })
  void whatIsNoEventIsNotTakenForOne(String part, String instead) {
    WindowsClosed marker = new WindowsClosed("g1", 3, 5, 7, Granularity.DAY, AT, AT, 12, 345);
    String event =
        new String(
            UsageRecord.CODEC.encode(
                new EventEnvelope<>(
                    "id",
                    "source",
                    UsageRecord.CODEC.typeOf(marker),
                    "subject",
                    AT,
                    0,
                    0,
                    Optional.empty(),
                    marker)),
            StandardCharsets.UTF_8);
    assertThat(event).contains(part);
    byte[] bytes = event.replace(part, instead).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> UsageRecord.CODEC.decode(bytes))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void anInstanceKeepsItsShape() throws IOException {
    assertGolden(
        InstanceRecord.CODEC,
        new InstanceRecord(
            InstanceId.of("i-1"),
            ACCOUNT,
            ProductId.of("compute.standard"),
            PlatformId.of("compute"),
            "4c8g",
            InstanceRecord.BillingMode.PAY_AS_YOU_GO,
            AT,
            Optional.empty(),
            List.of(
                new InstanceRecord.Suspension(AT, Optional.of(AT.plusSeconds(3_600))),
                new InstanceRecord.Suspension(AT.plusSeconds(7_200), Optional.empty()))),
        "instance.json");
  }

  private sealed interface Family {}

  private record Named() implements Family {}

  private record Unnamed() implements Family {}

  /** Else only the first of them that is published would tell. */
  @Test
  void everyEventOfAFamilyHasAName() {
    assertThatThrownBy(() -> EventCodec.<Family>of(Map.of("tollgate.test.named.v1", Named.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Unnamed.class.getName() + " has no name");
    Map<String, Class<? extends Family>> both =
        Map.of("tollgate.test.named.v1", Named.class, "tollgate.test.unnamed.v1", Unnamed.class);
    assertThat(EventCodec.<Family>of(both).typeOf(new Named())).isEqualTo("tollgate.test.named.v1");
  }

  @Test
  void attributesComeInAnyOrder() {
    String dataFirst =
        """
        {"data":{"account":"acc-1","at":"2026-03-01T02:00:00Z","rule":"M5"},"sequence":7,
         "time":"2026-03-01T02:00:00Z","subject":"acc-1","type":"tollgate.account.closed.v1",
         "source":"s","id":"1","specversion":"1.0"}\
        """;
    EventEnvelope<AccountEvent> read = AccountEvent.CODEC.decode(bytes(dataFirst)).orElseThrow();
    assertThat(read.data()).isEqualTo(new AccountEvent.AccountClosed(ACCOUNT, AT, RuleId.of("M5")));
    assertThat(read.sequence()).isEqualTo(7);
    assertThat(AccountEvent.CODEC.decode(bytes(dataFirst.replace("closed.v1", "merged.v1"))))
        .isEmpty();
  }

  /** What looks like a NUL's escape behind an escaped backslash is six letters. */
  @Test
  void aBackslashBeforeFourZerosIsNoNul() {
    String event =
        """
        {"specversion":"1.0","id":"1\\\\u0000","source":"s","type":"tollgate.account.closed.v1",
         "subject":"acc-1","time":"2026-03-01T02:00:00Z",
         "data":{"account":"acc-1","at":"2026-03-01T02:00:00Z","rule":"M5"}}\
        """;
    assertThat(AccountEvent.CODEC.decode(bytes(event)).orElseThrow().id()).isEqualTo("1\\u0000");
    String nul = event.replace("\\\\u0000", "\\\\\\u0000");
    assertThatThrownBy(() -> AccountEvent.CODEC.decode(bytes(nul)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("NUL");
  }

  @Test
  void readersIgnoreFieldsAndSkipTypesOfNewerVersions() {
    String known =
        """
        {"specversion":"1.0","id":"1","source":"s","type":"tollgate.account.closed.v1","subject":"acc-1",
         "time":"2026-03-01T02:00:00Z","new":1,
         "data":{"account":"acc-1","at":"2026-03-01T02:00:00Z","rule":"M5","later":{"x":1}}}\
        """;
    assertThat(AccountEvent.CODEC.decode(bytes(known)).orElseThrow().data())
        .isEqualTo(new AccountEvent.AccountClosed(ACCOUNT, AT, RuleId.of("M5")));
    String unknown = known.replace("account.closed.v1", "account.merged.v1");
    assertThat(AccountEvent.CODEC.decode(bytes(unknown))).isEmpty();
    assertThat(
            AccountEvent.CODEC.decode(
                bytes(unknown.replaceFirst("(?s)\"data\":.*", "\"data\":[1]}"))))
        .isEmpty();
  }

  @Test
  void anOptionalFieldThatAnOlderWriterDidNotKnowIsEmpty() {
    String older =
        """
        {"specversion":"1.0","id":"1","source":"s","type":"tollgate.billing.recharge-reversed.v1",
         "subject":"acc-1","time":"2026-03-01T02:00:00Z",
         "data":{"account":"acc-1","recharge":"rch-1","amount":{"amount":"20","currency":"CNY"},
                 "owed":{"amount":"5","currency":"CNY"},"at":"2026-03-01T02:00:00Z","rule":"C2.2"}}\
        """;
    assertThat(BillingEvent.CODEC.decode(bytes(older)).orElseThrow().data())
        .isEqualTo(
            new BillingEvent.RechargeReversed(
                ACCOUNT,
                RechargeId.of("rch-1"),
                Optional.empty(),
                Money.of("20", CurrencyCode.CNY),
                Money.of("5", CurrencyCode.CNY),
                AT,
                RuleId.of("C2.2")));
  }

  @Test
  void whatIsNoEventIsRefused() {
    assertThat(AccountEvent.CODEC.decode(bytes(closed()))).isPresent();
    for (String poison :
        new String[] {
          "",
          "not json",
          "[]",
          "{}",
          "{\"specversion\":\"1.0\"}",
          closed().replace("\"id\"", "\"type\":\"tollgate.account.closed.v1\",\"id\""),
          closed().replace("\"1.0\"", "\"2.0\""),
          closed().replace("\"acc-1\",\"at\"", "\"acc-1\",\"now\""),
          closed() + "{}",
          closed().replaceFirst("\"data\":.*", "\"data\":[1]}"),
          closed().replaceFirst("\"data\":.*", "\"data\":null}"),
          closed().substring(0, closed().length() - 1),
          "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"tollgate.account.closed.v1\","
              + "\"subject\":\"a\",\"time\":\"yesterday\",\"data\":{}}",
          "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"tollgate.account.closed.v1\","
              + "\"subject\":\"a\",\"time\":\"2026-03-01T02:00:00Z\",\"data\":{\"account\":\"\"}}"
        }) {
      assertThatThrownBy(() -> AccountEvent.CODEC.decode(bytes(poison)))
          .as(poison)
          .isInstanceOf(MalformedEventException.class);
    }
  }

  private static String closed() {
    return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"tollgate.account.closed.v1\","
               + "\"subject\":\"acc-1\",\"time\":\"2026-03-01T02:00:00Z\","
               + "\"data\":{\"account\":\"acc-1\",\"at\":\"2026-03-01T02:00:00Z\",\"rule\":\"M5\"}}";
  }

  private static <E> void assertGolden(EventCodec<E> codec, E event, String file)
      throws IOException {
    EventEnvelope<E> envelope =
        new EventEnvelope<>(
            "id-1",
            "tollgate/test",
            codec.typeOf(event),
            "acc-1",
            AT,
            1,
            42,
            Optional.empty(),
            event);
    byte[] golden = golden(file);
    assertThat(WireMapper.mapper().readTree(codec.encode(envelope)))
        .as(new String(codec.encode(envelope), StandardCharsets.UTF_8))
        .isEqualTo(WireMapper.mapper().readTree(golden));
    assertThat(codec.decode(golden)).contains(envelope);
  }

  private static byte[] golden(String file) throws IOException {
    try (InputStream in = EventContractTest.class.getResourceAsStream("/golden/" + file)) {
      assertThat(in).as("golden file " + file).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
