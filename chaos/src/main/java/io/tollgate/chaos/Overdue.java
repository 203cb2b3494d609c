package io.tollgate.chaos;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Accounts that have owed for longer than their grace and still run (C2.3). */
final class Overdue {

  /** As long as no policy says otherwise, and in a run none does. */
  private static final Duration GRACE = Duration.ofHours(24);

  private Overdue() {}

  /** Asks account-service, which is at rest; answers a sentence about each. */
  static List<String> find(Api api) {
    Instant now =
        Instant.parse(
            api.get(Service.ACCOUNT, "/v1/clock").orFail().body().path("now").asString(""));
    return api
        .items(Service.ACCOUNT, "/v1/accounts?inArrears=true&suspended=false&limit=1000")
        .stream()
        .filter(
            account ->
                !Instant.parse(account.path("arrearsSince").asString("")).plus(GRACE).isAfter(now))
        .map(
            account ->
                "%s owes %s since %s and is not suspended"
                    .formatted(
                        account.path("account").asString(""),
                        account.path("owed").asString(""),
                        account.path("arrearsSince").asString("")))
        .toList();
  }
}
