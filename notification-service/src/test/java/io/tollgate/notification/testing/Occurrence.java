package io.tollgate.notification.testing;

import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RechargeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.BillingEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything of other services that accounts are told of, with the English and Chinese title of the
 * notice to account {@code acc}.
 */
public enum Occurrence {
  ARREARS_BEGUN("Account acc is in arrears", "账户 acc 已欠费"),
  LOW_BALANCE("Balance of account acc is low", "账户 acc 余额不足"),
  LOW_BALANCE_FORECAST("Balance of account acc will soon be used up", "账户 acc 余额即将用尽"),
  RECHARGE_RECEIVED("Recharge of 20.000000 CNY received", "已收到充值 20.000000 CNY"),
  RECHARGE_REVERSED("Recharge r-1 was reversed", "充值 r-1 已被撤销"),
  REMITTANCE_REJECTED("Remittance t-9 was rejected", "汇款 t-9 未予入账"),
  BILL_READY("Bill b-1 of 100.000000 CNY is ready", "账单 b-1 已出，金额 100.000000 CNY"),
  BILL_ADJUSTED("Bill b-1 was corrected by -50.500000 CNY", "账单 b-1 已更正 -50.500000 CNY"),
  CREDIT_GIVEN("A credit of 20.000000 CNY was given", "已入账调整款 20.000000 CNY"),
  CREDIT_TAKEN_BACK("A credit of 20.000000 CNY was taken back", "已撤回调整款 20.000000 CNY"),
  PRICE_CHANGE_AHEAD(
      "The price of p-1 changes at 2026-03-05 00:00:00 Asia/Shanghai",
      "p-1 的价格将于 2026-03-05 00:00:00 Asia/Shanghai 调整"),
  PRICE_CHANGE_WITHDRAWN("The price change of p-1 was withdrawn", "p-1 的价格调整已撤销"),
  SUSPENSION_AHEAD(
      "Instance i-1 will be suspended at 2026-03-05 00:00:00 Asia/Shanghai",
      "实例 i-1 将于 2026-03-05 00:00:00 Asia/Shanghai 暂停"),
  SUSPENDED("Instance i-1 is suspended", "实例 i-1 已暂停"),
  RESUMED("Instance i-1 runs again", "实例 i-1 已恢复"),
  DELETION_AHEAD(
      "All data of instance i-1 will be deleted at 2026-03-05 00:00:00 Asia/Shanghai",
      "实例 i-1 的全部数据将于 2026-03-05 00:00:00 Asia/Shanghai 删除"),
  DELETION_DONE("All data of instance i-1 has been deleted", "实例 i-1 的全部数据已删除");

  private static final Instant AT = ServiceTest.START;

  /** 5 March 2026, 00:00 in Shanghai. */
  private static final Instant LATER = Instant.parse("2026-03-04T16:00:00Z");

  private static final InstanceId INSTANCE = InstanceId.of("i-1");
  private static final ProductId PRODUCT = ProductId.of("p-1");
  private static final RuleId RULE = new RuleId("C2.3");

  private final String english;
  private final String chinese;

  Occurrence(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** The English title of the notice to an account. */
  public String english(AccountId account) {
    return english.replace("acc ", account + " ");
  }

  /** The Chinese title of the notice to an account. */
  public String chinese(AccountId account) {
    return chinese.replace("acc ", account + " ");
  }

  /** The billing event, where it is one. */
  public Optional<BillingEvent> billing(AccountId account) {
    return Optional.ofNullable(
        switch (this) {
          case ARREARS_BEGUN ->
              new BillingEvent.ArrearsBegan(
                  account,
                  ProductId.of("vm"),
                  BillId.of("b-1"),
                  AT,
                  cny("60"),
                  Optional.of(new BigDecimal("0.0005")),
                  AT,
                  RULE);
          case LOW_BALANCE ->
              new BillingEvent.LowBalance(
                  account,
                  BillingEvent.LowBalance.Reason.THRESHOLD,
                  cny("9"),
                  Optional.of(cny("10")),
                  Optional.empty(),
                  AT,
                  RULE);
          case LOW_BALANCE_FORECAST ->
              new BillingEvent.LowBalance(
                  account,
                  BillingEvent.LowBalance.Reason.FORECAST,
                  cny("9"),
                  Optional.empty(),
                  Optional.of(LATER),
                  AT,
                  RULE);
          case RECHARGE_RECEIVED ->
              new BillingEvent.RechargeBooked(
                  account,
                  RechargeId.of("r-1"),
                  "alipay",
                  Optional.of("t-1"),
                  cny("20"),
                  cny("15"),
                  cny("0.16"),
                  cny("0"),
                  cny("4.84"),
                  AT,
                  AT,
                  RULE);
          case REMITTANCE_REJECTED ->
              new BillingEvent.RemittanceRejected(
                  account, RechargeId.of("r-9"), "t-9", cny("5"), "sent twice", AT, RULE);
          case RECHARGE_REVERSED ->
              new BillingEvent.RechargeReversed(
                  account, RechargeId.of("r-1"), Optional.of("t-2"), cny("20"), cny("5"), AT, RULE);
          case BILL_READY ->
              new BillingEvent.BillBooked(
                  account,
                  BillId.of("b-1"),
                  PRODUCT,
                  BillingCycle.MONTH,
                  Instant.parse("2026-01-31T16:00:00Z"),
                  AT,
                  cny("100"),
                  cny("40"),
                  cny("0"),
                  cny("60"),
                  AT,
                  AT,
                  RULE);
          case BILL_ADJUSTED ->
              new BillingEvent.BillAdjusted(
                  account,
                  BillId.of("b-2"),
                  BillId.of("b-1"),
                  PRODUCT,
                  Instant.parse("2026-01-31T16:00:00Z"),
                  AT,
                  cny("-50.5"),
                  AT,
                  RULE);
          case CREDIT_GIVEN -> adjusted(account, BillingEvent.AdjustmentKind.CREDITED);
          case CREDIT_TAKEN_BACK -> adjusted(account, BillingEvent.AdjustmentKind.TAKEN_BACK);
          case PRICE_CHANGE_AHEAD -> priced(account, BillingEvent.PriceChange.ADDED);
          case PRICE_CHANGE_WITHDRAWN -> priced(account, BillingEvent.PriceChange.WITHDRAWN);
          case SUSPENSION_AHEAD, SUSPENDED, RESUMED, DELETION_AHEAD, DELETION_DONE -> null;
        });
  }

  /** The account event, where it is one. */
  public Optional<AccountEvent> account(AccountId account) {
    return Optional.ofNullable(
        switch (this) {
          case SUSPENSION_AHEAD ->
              new AccountEvent.SuspensionScheduled(account, INSTANCE, PRODUCT, LATER, AT, RULE);
          case SUSPENDED -> changed(account, InstanceState.IN_ARREARS, InstanceState.SUSPENDED);
          case RESUMED -> changed(account, InstanceState.SUSPENDED, InstanceState.ACTIVE);
          case DELETION_AHEAD ->
              new AccountEvent.DeletionScheduled(
                  account, INSTANCE, PRODUCT, "w-" + account, 7, LATER, AT, RULE);
          case DELETION_DONE ->
              new AccountEvent.InstanceReleased(account, INSTANCE, PRODUCT, "unpaid", AT, RULE);
          case ARREARS_BEGUN,
              LOW_BALANCE,
              LOW_BALANCE_FORECAST,
              RECHARGE_RECEIVED,
              RECHARGE_REVERSED,
              REMITTANCE_REJECTED,
              BILL_READY,
              BILL_ADJUSTED,
              CREDIT_GIVEN,
              CREDIT_TAKEN_BACK,
              PRICE_CHANGE_AHEAD,
              PRICE_CHANGE_WITHDRAWN ->
              null;
        });
  }

  private static BillingEvent adjusted(AccountId account, BillingEvent.AdjustmentKind kind) {
    return new BillingEvent.AdjustmentBooked(
        account, AdjustmentId.of("adj-" + kind), kind, cny("20"), AT, RULE);
  }

  private static BillingEvent priced(AccountId account, BillingEvent.PriceChange change) {
    return new BillingEvent.PriceChanged(account, PRODUCT, 2, change, LATER, AT, RULE);
  }

  private static AccountEvent changed(AccountId account, InstanceState from, InstanceState to) {
    return new AccountEvent.InstanceStateChanged(
        account, INSTANCE, PRODUCT, from, to, "unpaid", AT, RULE);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.of("CNY"));
  }
}
