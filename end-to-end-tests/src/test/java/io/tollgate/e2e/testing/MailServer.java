package io.tollgate.e2e.testing;

import io.tollgate.testing.LocalServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that outlives the deployment under test, so that what was received is still known
 * after a kill. One address bounces.
 */
public final class MailServer implements AutoCloseable {

  private final String bouncing;
  private final List<Mail> received = new CopyOnWriteArrayList<>();
  private final LocalServer server;

  private MailServer(String bouncing) {
    this.bouncing = bouncing;
    this.server = LocalServer.start(this::serve);
  }

  /** An e-mail that was taken. */
  record Mail(String to, String messageId) {}

  /**
   * Starts on a free port.
   *
   * @param bouncing the address that is refused
   */
  public static MailServer start(String bouncing) {
    return new MailServer(bouncing);
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Message-IDs of what an address received, in order. */
  public List<String> received(String address) {
    return received.stream()
        .filter(mail -> mail.to().equals(address))
        .map(Mail::messageId)
        .toList();
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      reply(out, "220 mail.example");
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "RCPT" -> {
            to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            reply(out, to.equals(bouncing) ? "550 5.1.1 no such user" : "250 ok");
          }
          case "DATA" -> {
            reply(out, "354 go on");
            received.add(new Mail(to, messageId(in)));
            reply(out, "250 taken");
          }
          case "QUIT" -> {
            reply(out, "221 bye");
            return;
          }
          default -> reply(out, "250 ok");
        }
      }
    } catch (IOException e) {
      // The client was killed: that is what the tests do.
    }
  }

  private static void reply(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String messageId(BufferedReader in) throws IOException {
    String id = "";
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("hung up in mid text");
      }
      if (line.startsWith("Message-ID:")) {
        id = line.substring("Message-ID:".length()).strip();
      }
    }
    return id;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
