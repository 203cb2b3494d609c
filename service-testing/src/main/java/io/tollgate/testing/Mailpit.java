package io.tollgate.testing;

import io.tollgate.embedded.MailServer;
import io.tollgate.embedded.ReceivedMail;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.lifecycle.Startable;
import tools.jackson.databind.JsonNode;

/** Mailpit, a mail server for tests: takes e-mails over SMTP and shows them over HTTP. */
final class Mailpit implements MailServer {

  private static final int PAGE = 200;

  private final String host;
  private final int port;
  private final User pages;
  private final Startable server;

  /** What was read once does not change. */
  private final Map<String, List<ReceivedMail>> read = new ConcurrentHashMap<>();

  Mailpit(String host, int port, int httpPort, Startable server) {
    this.host = host;
    this.port = port;
    this.pages = new User(URI.create("http://%s:%d".formatted(host, httpPort)), "");
    this.server = server;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<ReceivedMail> received() {
    List<String> newestFirst = new ArrayList<>();
    int total;
    do {
      JsonNode page =
          pages
              .get("/api/v1/messages?limit=%d&start=%d".formatted(PAGE, newestFirst.size()))
              .body();
      total = page.path("total").asInt();
      page.path("messages").forEach(mail -> newestFirst.add(mail.path("ID").asString()));
    } while (newestFirst.size() < total);
    return newestFirst.reversed().stream()
        .flatMap(id -> read.computeIfAbsent(id, this::read).stream())
        .toList();
  }

  private List<ReceivedMail> read(String id) {
    JsonNode mail = pages.get("/api/v1/message/" + id).body();
    List<ReceivedMail> mails = new ArrayList<>();
    for (JsonNode to : mail.path("To")) {
      mails.add(
          new ReceivedMail(
              "<" + mail.path("MessageID").asString() + ">",
              to.path("Address").asString(),
              mail.path("Subject").asString(),
              mail.path("Text").asString()));
    }
    return mails;
  }

  @Override
  public void close() {
    server.stop();
  }
}
