package io.tollgate.chaos;

import io.tollgate.client.Answer;
import io.tollgate.standalone.Service;
import java.util.ArrayList;
import java.util.List;

/** What an account is told, whichever of a service's instances is asked. */
final class Answers {

  private Answers() {}

  /** Asks all instances the same, one row of a table for each question. */
  static List<String> of(List<Row> rows, String account) {
    String base = "/v1/accounts/" + account;
    List<String> lines = new ArrayList<>();
    lines.add(ask(rows, Service.METERING, base + "/usage"));
    lines.add(ask(rows, Service.BILLING, base + "/balance"));
    lines.add(ask(rows, Service.BILLING, base + "/bills"));
    lines.add(ask(rows, Service.ACCOUNT, base));
    lines.add(ask(rows, Service.NOTIFICATION, base + "/messages"));
    return lines;
  }

  private static String ask(List<Row> rows, Service service, String path) {
    List<Answer> answers = rows.stream().map(row -> row.api().get(service, path)).toList();
    boolean same = answers.stream().map(Answer::text).distinct().count() == 1;
    return Report.row(
        service.label() + " " + path,
        String.join(", ", answers.stream().map(Answers::inWords).toList()),
        same ? "the same" : "different");
  }

  private static String inWords(Answer answer) {
    return answer.ok() ? Integer.toString(answer.status()) : answer.inWords();
  }
}
