package io.tollgate.chaos;

import io.tollgate.chaos.Truth.Count;
import io.tollgate.client.Answer;
import io.tollgate.client.Retry;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends requests, each the same again until it has an answer, and tells {@link Truth} what was
 * acknowledged.
 *
 * @param api where the next request goes; asked again when one has to be sent again
 */
record Delivery(Supplier<Api> api, Truth truth) {

  /** For so long a request is sent again. */
  static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  /** Usage of an account. */
  record Event(String id, String account, long units, Instant time) {
    String json(long value) {
      return "{\"specversion\":\"1.0\",\"id\":\""
          + id
          + "\",\"source\":\"chaos\",\"type\":\""
          + Workload.METER
          + "\",\"subject\":\""
          + Stage.instanceOf(account)
          + "\",\"time\":\""
          + time
          + "\",\"data\":{\"value\":"
          + value
          + "}}";
    }
  }

  /** Posts events that can be taken, in one request. */
  void post(List<String> events) {
    acknowledged(service -> service.postBatch(array(events)));
  }

  /** Posts events that may be refused, in one request. */
  Answer tryToPost(List<String> events) {
    return answered(service -> service.postBatch(array(events)));
  }

  /** An acknowledged event counts. */
  void counted(Event event) {
    truth.used(event.account(), event.time().truncatedTo(ChronoUnit.HOURS), event.units());
    truth.count(Count.EVENTS_ACKNOWLEDGED, 1);
  }

  void recharge(String account, String transaction, BigDecimal amount) {
    acknowledged(
        service ->
            service.post(
                Service.BILLING,
                "/v1/accounts/" + account + "/recharges",
                Map.of(
                    "channel",
                    "ALIPAY",
                    "transaction",
                    transaction,
                    "amount",
                    amount.toPlainString()),
                transaction));
    truth.recharged(account, amount);
    truth.count(Count.RECHARGES_ACKNOWLEDGED, 1);
  }

  private static byte[] array(List<String> events) {
    return ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8);
  }

  private void acknowledged(Function<Api, Answer> request) {
    Answer answer = answered(request);
    if (!answer.ok()) {
      throw new IllegalStateException("a valid request got " + answer.inWords());
    }
  }

  /** Sends it until there is an answer that is not about the state of the deployment. */
  Answer answered(Function<Api, Answer> request) {
    return new Retry(ANSWER_LIMIT, () -> truth.count(Count.REQUESTS_SENT_AGAIN, 1))
        .answer(() -> request.apply(api.get()));
  }
}
