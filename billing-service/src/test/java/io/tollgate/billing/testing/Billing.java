package io.tollgate.billing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.BillingApplication;
import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.NoticeId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.Window;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import io.tollgate.support.messaging.KeyPartitions;
import io.tollgate.testing.RunningService;
import io.tollgate.testing.ServicePlace;
import io.tollgate.testing.User;
import io.tollgate.testing.Wire;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.JsonNode;

/**
 * The billing service with a test clock in Shanghai, and a stand-in for what metering would send:
 * the aggregation partitions of a generation of its own.
 */
public final class Billing implements AutoCloseable {
  private static final int PARTITIONS = 8;
  private static final RuleId RULE = new RuleId("C2.3.2");

  private final RunningService service;
  private final String generation = "test-" + UUID.randomUUID();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, long[]> sent = new HashMap<>();

  private Billing(RunningService service) {
    this.service = service;
  }

  /** Starts it. */
  public static Billing start(Path directory, String localStart) {
    return start(place(directory, localStart));
  }

  /** Starts it on what it finds. */
  public static Billing start(ServicePlace place) {
    Billing billing = new Billing(RunningService.start(BillingApplication.class, place));
    billing.meter("units", Set.of(Emission.HOURLY, Emission.DAILY));
    return billing;
  }

  /** Defines a meter. */
  public void meter(String meter, Set<Emission> emits) {
    MeterDefinition definition =
        new MeterDefinition(
            MeterKey.of(meter),
            1,
            meter,
            Aggregation.SUM,
            Optional.of("/value"),
            new TreeMap<>(),
            "unit",
            emits,
            local("2020-01-01T00:00"));
    Wire.send(
        Topics.METERS,
        definition.key(),
        MeterDefinition.CODEC,
        definition.effectiveFrom(),
        definition);
    service.settle();
  }

  /** An empty place; every test is a generation of its own. */
  public static ServicePlace place(Path directory, String localStart) {
    return ServicePlace.fresh(
        "billing", directory, local(localStart), "tollgate.billing.generations=");
  }

  public RunningService service() {
    return service;
  }

  public User operator() {
    return service.operator();
  }

  /** A local time in Shanghai. */
  public static Instant local(String time) {
    return LocalDateTime.parse(time).atZone(BillingCalendar.SHANGHAI.zone()).toInstant();
  }

  /** Opens an account at the clock's time. */
  public void open(String account, String at) {
    open(List.of(account), at);
  }

  /** Opens accounts at the clock's time. */
  public void open(List<String> accounts, String at) {
    Wire.append(accounts.stream().map(account -> opened(account, local(at))).toList());
    service.settle();
  }

  private static ProducerRecord<String, byte[]> opened(String account, Instant at) {
    return Wire.message(
        Topics.ACCOUNT_EVENTS,
        account,
        null,
        AccountEvent.CODEC,
        at,
        new AccountEvent.AccountOpened(AccountId.of(account), CurrencyCode.CNY, at, RULE));
  }

  /** Registers an instance. */
  public void register(String account, String instance, String product, String at, String end) {
    Wire.send(
        Topics.ACCOUNT_INSTANCES,
        instance,
        InstanceRecord.CODEC,
        local(at),
        new InstanceRecord(
            InstanceId.of(instance),
            AccountId.of(account),
            ProductId.of(product),
            PlatformId.of("platform-1"),
            "small",
            InstanceRecord.BillingMode.PAY_AS_YOU_GO,
            local(at),
            end.isEmpty() ? Optional.empty() : Optional.of(local(end)),
            List.of()));
    service.settle();
  }

  /** Says that an instance went from active to suspended. */
  public void suspend(String account, String instance, String product, String at) {
    changeState(account, instance, product, InstanceState.ACTIVE, InstanceState.SUSPENDED, at);
  }

  /** Says that a suspended instance runs again. */
  public void resume(String account, String instance, String product, String at) {
    changeState(account, instance, product, InstanceState.SUSPENDED, InstanceState.ACTIVE, at);
  }

  private void changeState(
      String account,
      String instance,
      String product,
      InstanceState from,
      InstanceState to,
      String at) {
    Wire.send(
        Topics.ACCOUNT_EVENTS,
        account,
        AccountEvent.CODEC,
        local(at),
        new AccountEvent.InstanceStateChanged(
            AccountId.of(account),
            InstanceId.of(instance),
            ProductId.of(product),
            from,
            to,
            "a test",
            local(at),
            RULE));
    service.settle();
  }

  /** A product that costs a price per unit of its meter {@code units}. */
  public void product(String product, String cycle, String unitPrice) {
    product(product, cycle, "PT0S", unitPrice);
  }

  /** The same with a payment term. */
  public void product(String product, String cycle, String term, String unitPrice) {
    created(
        "/v1/products",
        "{'product':'%s','name':'%s','cycle':'%s','paymentTerm':'%s'}"
            .formatted(product, product, cycle, term));
    prices(
        product,
        "{'effectiveFrom':'2019-12-31T16:00:00Z','meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'%s'}}]}"
            .formatted(unitPrice));
  }

  /** Adds a price version. */
  public void prices(String product, String body) {
    created("/v1/products/" + product + "/prices", body);
  }

  /** Notification tells that a notice of this action has matured: its gate is open. */
  public NoticeId matured(GateAction action) {
    NoticeId notice = NoticeId.of("notice-" + UUID.randomUUID());
    Instant now = service.now();
    RuleId rule = action.kind().rule();
    for (NoticeEvent event :
        List.of(
            new NoticeEvent.NoticePublished(notice, action, 30, now, now, rule),
            new NoticeEvent.NoticeMatured(notice, action, now, now, rule))) {
      Wire.send(Topics.NOTICE_EVENTS, notice.value(), NoticeEvent.CODEC, now, event);
    }
    service.settle();
    return notice;
  }

  /** Changes a term of every account, as its matured notice announced; returns that notice. */
  public NoticeId changeTerms(String policy, String value, Instant from) {
    NoticeId notice =
        matured(new GateAction.Policy(policy, PolicyLevel.SPECIAL_TERMS, Optional.empty(), value));
    created(
        "/v1/policies",
        "{'name':'%s','level':'SPECIAL_TERMS','value':'%s','effectiveFrom':'%s','reason':'a test','notice':'%s'}"
            .formatted(policy, value, from, notice));
    return notice;
  }

  /** Posts what has to be new. */
  public void created(String path, String body) {
    Answer answer = operator().post(path, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  /** Recharges by Alipay; paid now. */
  public Answer recharge(String account, String transaction, String amount) {
    return operator()
        .post(
            "/v1/accounts/" + account + "/recharges",
            "{'channel':'ALIPAY','transaction':'%s','amount':'%s'}".formatted(transaction, amount));
  }

  /** Sends the usage of an hour or day of the meter {@code units}. */
  public void usage(
      Granularity granularity,
      String account,
      String instance,
      String product,
      String windowStart,
      String quantity,
      int revision,
      String tick) {
    usage(granularity, account, instance, product, windowStart, quantity, revision, tick, 0);
  }

  /** The same from one of the aggregation partitions. */
  public void usage(
      Granularity granularity,
      String account,
      String instance,
      String product,
      String windowStart,
      String quantity,
      int revision,
      String tick,
      int partition) {
    Window window = BillingCalendar.SHANGHAI.windowOf(granularity, local(windowStart));
    int output = partitionOf(account);
    long[] counts =
        sent.computeIfAbsent(granularity + " " + partition + " " + output, key -> new long[2]);
    counts[0]++;
    counts[1]++;
    Wire.append(
        message(
            granularity,
            account,
            output,
            new UsageRevision(
                AccountId.of(account),
                InstanceId.of(instance),
                ProductId.of(product),
                MeterKey.of("units"),
                "unit",
                new TreeMap<>(),
                granularity,
                window.start(),
                window.end(),
                new BigDecimal(quantity),
                1,
                revision,
                generation,
                partition,
                local(tick),
                Optional.of(
                    new UsageRevision.Place(
                        sequences.getOrDefault(granularity + " " + partition + " " + output, 0L)
                            + 1,
                        counts[0])))));
  }

  /** Says to every output partition that the windows ending by then are closed. */
  public void closed(Granularity granularity, String closedUpTo, String tick) {
    Wire.append(
        IntStream.range(0, PARTITIONS)
            .boxed()
            .flatMap(partition -> markers(granularity, closedUpTo, tick, partition))
            .toList());
  }

  /** One aggregation partition says so. */
  public void closed(Granularity granularity, String closedUpTo, String tick, int partition) {
    Wire.append(markers(granularity, closedUpTo, tick, partition).toList());
  }

  private Stream<ProducerRecord<String, byte[]>> markers(
      Granularity granularity, String closedUpTo, String tick, int partition) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(
            output ->
                message(
                    granularity,
                    "closed-" + partition,
                    output,
                    marker(granularity, closedUpTo, tick, partition, output)));
  }

  private WindowsClosed marker(
      Granularity granularity, String closedUpTo, String tick, int partition, int output) {
    String stream = granularity + " " + partition + " " + output;
    long[] counts = Optional.ofNullable(sent.remove(stream)).orElse(new long[2]);
    return new WindowsClosed(
        generation,
        partition,
        output,
        sequences.merge(stream, 1L, Long::sum),
        granularity,
        local(closedUpTo),
        local(tick),
        counts[0],
        counts[1]);
  }

  private static ProducerRecord<String, byte[]> message(
      Granularity granularity, String key, int output, UsageRecord usageRecord) {
    String topic = granularity == Granularity.HOUR ? Topics.USAGE_HOURLY : Topics.USAGE_DAILY;
    return Wire.message(topic, key, output, UsageRecord.CODEC, usageRecord.tick(), usageRecord);
  }

  private static int partitionOf(String account) {
    return new KeyPartitions(PARTITIONS).of(account);
  }

  /** Steps the clock to a local time and waits until everything due is done. */
  public void stepTo(String localTime) {
    service.stepTo(local(localTime).toString());
  }

  /** An account's penalties, the latest day first: the day, then those of its fields. */
  public List<String> penalties(String account, String... fields) {
    List<String> days = new ArrayList<>();
    for (JsonNode day :
        operator().get("/v1/accounts/" + account + "/penalties").body().at("/items")) {
      StringBuilder text = new StringBuilder(day.at("/day").asString());
      for (String field : fields) {
        text.append(' ').append(day.path(field).asString());
      }
      days.add(text.toString());
    }
    return days;
  }

  /** An amount of the account's balance. */
  public String balance(String account, String part) {
    return operator().get("/v1/accounts/" + account + "/balance").text("/" + part + "/amount");
  }

  /** Every invariant holds. */
  public void assertGreen() {
    JsonNode report = operator().get("/v1/audit").body();
    assertThat(report.at("/green").asBoolean()).as(report.toPrettyString()).isTrue();
  }

  @Override
  public void close() {
    service.close();
  }
}
