package io.tollgate.store.idempotency;

import io.tollgate.model.Hashes;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a request happen once, however often it is sent: the answer is kept beside its effect, in
 * the same transaction, for ever.
 *
 * <p>The {@code Idempotency-Key} belongs to the caller; two callers may use the same one.
 */
public final class IdempotencyKeys {

  private final Transactions transactions;
  private final JdbcClient jdbc;
  private final JsonMapper mapper;

  public IdempotencyKeys(Transactions transactions, JdbcClient jdbc, JsonMapper mapper) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.mapper = mapper;
  }

  /**
   * What a request answers.
   *
   * @param status its HTTP status
   * @param body its body, written as JSON
   */
  public record Answer(HttpStatus status, Object body) {

    /** Something new was made: 201. */
    public static Answer created(Object body) {
      return new Answer(HttpStatus.CREATED, body);
    }

    /** It is done: 200. */
    public static Answer ok(Object body) {
      return new Answer(HttpStatus.OK, body);
    }
  }

  /**
   * Does the work and keeps its answer, or answers what was answered before.
   *
   * @param caller whose key it is
   * @param request which it is
   * @param content the request's body: another one under the same key is refused
   * @param work does it, inside the transaction; a {@link ProblemException} undoes everything and
   *     keeps no answer
   * @throws ProblemException 400 without a key, 422 for a key used with another request, 409 while
   *     the first still runs
   */
  public ResponseEntity<String> execute(
      Caller caller, IdempotentRequest request, Object content, Supplier<Answer> work) {
    String checked = request.requireKey();
    String hash = Hashes.sha256(request.operation() + "\n" + mapper.writeValueAsString(content));
    ResponseEntity<String> answer =
        transactions.runHttp(
            () -> {
              claim(caller, checked);
              return stored(caller, checked)
                  .map(earlier -> earlier.replay(hash))
                  .orElseGet(() -> first(caller, checked, hash, work));
            });
    FaultPoint.HTTP_AFTER_COMMIT.reach();
    return answer;
  }

  /**
   * The same for a decision about what is there already: 200 with what came of it.
   *
   * @param decision given who decides
   */
  public ResponseEntity<String> decide(
      Caller caller, IdempotentRequest request, Object content, Function<String, ?> decision) {
    return execute(caller, request, content, () -> Answer.ok(decision.apply(caller.subject())));
  }

  private ResponseEntity<String> first(
      Caller caller, String key, String hash, Supplier<Answer> work) {
    Answer answer = work.get();
    String body = mapper.writeValueAsString(answer.body());
    int inserted =
        jdbc.sql(
                """
                insert into idempotency_key (subject, key, request_hash, status, body)
                values (:subject, :key, :hash, :status, :body)\
                """)
            .param("subject", caller.subject())
            .param("key", key)
            .param("hash", hash)
            .param("status", answer.status().value())
            .param("body", body)
            .update();
    Rows.expectOne(inserted, "idempotency key");
    return json(answer.status().value(), body);
  }

  /** Holds the key until the transaction ends, without waiting for another holder. */
  private void claim(Caller caller, String key) {
    boolean claimed =
        jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:text, 7))")
            .param("text", caller.subject() + "\n" + key)
            .query(Boolean.class)
            .single();
    if (!claimed) {
      throw ProblemException.conflict(
          "request-in-progress", "a request with this Idempotency-Key is still running");
    }
  }

  private Optional<Stored> stored(Caller caller, String key) {
    return jdbc.sql(
            """
            select request_hash, status, body from idempotency_key where subject = :subject and key = :key\
            """)
        .param("subject", caller.subject())
        .param("key", key)
        .query((row, n) -> new Stored(row.getString(1), row.getInt(2), row.getString(3)))
        .optional();
  }

  private record Stored(String hash, int status, String body) {

    ResponseEntity<String> replay(String requestHash) {
      if (!hash.equals(requestHash)) {
        throw ProblemException.keyReused();
      }
      return json(status, body);
    }
  }

  private static ResponseEntity<String> json(int status, String body) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(body);
  }

  /**
   * The id of what a request makes: the same caller and key make the same.
   *
   * @param prefix tells what kind of thing it is
   */
  public static String idOf(String prefix, Caller caller, IdempotentRequest request) {
    return Hashes.named(prefix, caller.subject() + "\n" + request.requireKey());
  }
}
