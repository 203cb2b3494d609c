package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.FuzzRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what is wrong with an answer. */
final class Judge {

  /** A query parameter that no route has. */
  static final String UNKNOWN_PARAMETER = "unknown-parameter";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Refusals that any operation may give. */
  private static final Set<Integer> GENERAL =
      Set.of(400, 401, 403, 404, 405, 406, 408, 409, 413, 414, 415, 417, 422, 429, 431, 503);

  /** Refusals of those who read the request's bytes, before anybody could say it in JSON. */
  private static final Set<Integer> OF_THE_TRANSPORT =
      Set.of(400, 408, 413, 414, 417, 431, 501, 505);

  private static final Pattern OF_THE_INSIDE =
      Pattern.compile(
          "(java|javax|jakarta|reactor|io\\.netty|io\\.tollgate|org\\.[a-z]+|tools\\.jackson"
              + "|com\\.fasterxml|kotlin)\\.[a-z]+\\.|Exception\\b|\\bat [a-z]+\\.[\\w.$]+\\("
              + "|SQLSTATE|PSQL|duplicate key value|violates .* constraint|relation \""
              + "|syntax error at|\\bnull\\b.*because|Cannot invoke");

  private final Secrets secrets;

  Judge(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Everything that is wrong; empty when nothing is. */
  List<String> judge(FuzzRequest request, Answer answer) {
    List<String> wrong = new ArrayList<>();
    if (answer.time().compareTo(Connection.LIMIT) > 0) {
      wrong.add("answered after " + answer.time().toMillis() + " ms");
    }
    switch (answer.outcome()) {
      case SILENT -> wrong.add("hangs");
      case CLOSED -> {
        if (request.kind() != Kind.MALFORMED) {
          wrong.add("no answer");
        }
      }
      case ANSWERED -> {
        status(request, answer, wrong);
        if (answer.refused()) {
          problem(request, answer, wrong);
        }
        secrets.shown(request, answer).ifPresent(wrong::add);
        if (!answer.header("x-injected").isEmpty()) {
          wrong.add("a header was injected");
        }
      }
    }
    return wrong;
  }

  private static void status(FuzzRequest request, Answer answer, List<String> wrong) {
    int status = answer.status();
    if (status >= 500 && !(status == 503 && !answer.header("retry-after").isEmpty())) {
      if (request.kind() != Kind.MALFORMED || !OF_THE_TRANSPORT.contains(status)) {
        wrong.add("status " + status);
      }
      return;
    }
    if (request.kind() == Kind.MALFORMED) {
      return;
    }
    if (!request.credential().valid() && !request.operation().isPublic()) {
      unauthenticated(request, status, wrong);
    } else if (!documented(request, status)) {
      wrong.add("status " + status + " is not documented");
    } else if (status < 300
        && request.operation().port() == Operation.Port.PUBLIC
        && request.names(UNKNOWN_PARAMETER)) {
      wrong.add("accepted a query parameter that the route does not have");
    }
  }

  /** Before anybody asks who it is, only what cannot be read is refused. */
  private static void unauthenticated(FuzzRequest request, int status, List<String> wrong) {
    boolean unreadable =
        request.kind() == Kind.FORGED_HEADERS
            || request.kind() == Kind.OTHER_METHOD
            || request.hasAnOddPath();
    boolean refusedUnread =
        status == 503 || (unreadable && OF_THE_TRANSPORT.contains(status)) || status == 413;
    if (status != 401 && !refusedUnread) {
      wrong.add("status " + status + " without a valid token");
    }
  }

  private static boolean documented(FuzzRequest request, int status) {
    if (GENERAL.contains(status)) {
      return true;
    }
    if (request.kind() == Kind.OTHER_METHOD || request.kind() == Kind.OTHER_PATH) {
      // Another operation's, which says itself what it answers.
      return status < 300;
    }
    return request.operation().statuses().contains(Integer.toString(status))
        || (status == 304 && request.kind() == Kind.FORGED_HEADERS)
        || ((status == 206 || status == 416) && request.kind() == Kind.FORGED_HEADERS);
  }

  private static void problem(FuzzRequest request, Answer answer, List<String> wrong) {
    if (request.head()) {
      return;
    }
    if (OF_THE_INSIDE.matcher(saidByTheService(answer)).find()) {
      wrong.add("reveals internals: " + answer.body());
    }
    boolean byTransport = OF_THE_TRANSPORT.contains(answer.status()) && answer.body().isEmpty();
    if (!byTransport && !isProblem(request, answer)) {
      wrong.add("status " + answer.status() + " is not problem+json: " + answer.body());
    }
  }

  /** Without the path, which is the asker's own. */
  private static String saidByTheService(Answer answer) {
    try {
      JsonNode problem = JSON.readTree(answer.body());
      return problem.path("detail").toString() + problem.path("errors") + problem.path("title");
    } catch (JacksonException e) {
      return answer.body();
    }
  }

  private static boolean isProblem(FuzzRequest request, Answer answer) {
    if (request.operation().port() == Operation.Port.MANAGEMENT && answer.body().isEmpty()) {
      return true;
    }
    try {
      JsonNode problem = JSON.readTree(answer.body());
      return answer.header("content-type").startsWith("application/problem+json")
          && problem.path("status").asInt(0) == answer.status()
          && problem.path("type").isString()
          && problem.path("title").isString()
          && problem.path("detail").isString();
    } catch (JacksonException e) {
      return false;
    }
  }
}
