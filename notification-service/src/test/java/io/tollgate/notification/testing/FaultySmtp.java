package io.tollgate.notification.testing;

import io.tollgate.embedded.MailServer;
import io.tollgate.embedded.ReceivedMail;
import io.tollgate.testing.LocalServer;
import io.tollgate.testing.SharedInfrastructure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SMTP server behind a wire that can be cut, hang, refuse an address, or lose an answer. */
public final class FaultySmtp implements AutoCloseable {

  private final MailServer behind = SharedInfrastructure.smtp();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean loseAnswer = new AtomicBoolean();
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private volatile boolean utf8;
  private volatile boolean down;
  private volatile CountDownLatch flowing = new CountDownLatch(0);

  private final LocalServer server;

  private FaultySmtp() {
    this.server = LocalServer.start(this::serve);
  }

  /** Starts it on a free port. */
  public static FaultySmtp start() {
    return new FaultySmtp();
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Refuses an address for good. */
  public void refuse(String address) {
    refused.add(address);
  }

  /** Offers SMTPUTF8 (RFC 6531), or no longer does. */
  public void offerUtf8(boolean offered) {
    utf8 = offered;
  }

  /** What was sent with SMTPUTF8; kept here byte by byte, and not sent on. */
  public List<Letter> letters() {
    return List.copyOf(letters);
  }

  /**
   * An e-mail sent with SMTPUTF8, read as UTF-8.
   *
   * @param to what stands in RCPT TO
   * @param text its headers and body
   */
  public record Letter(String to, String text) {}

  /** Takes an address again. */
  public void take(String address) {
    refused.remove(address);
  }

  /** Cuts every new connection at once. */
  public void down() {
    down = true;
  }

  /** Answers again. */
  public void up() {
    down = false;
    flowing.countDown();
  }

  /** Accepts connections and then says nothing. */
  public void hang() {
    flowing = new CountDownLatch(1);
  }

  /** Takes the next e-mail and breaks the connection before saying so. */
  public void loseNextAnswer() {
    loseAnswer.set(true);
  }

  /** E-mails received for an address, in order. */
  public List<ReceivedMail> received(String address) {
    return behind.received().stream().filter(mail -> mail.recipient().equals(address)).toList();
  }

  private void serve(Socket client) {
    try (client) {
      if (down || !flowing.await(30, TimeUnit.SECONDS)) {
        return;
      }
      try (Socket upstream = new Socket(behind.host(), behind.port())) {
        converse(new Line(client), new Line(upstream));
      }
    } catch (IOException e) {
      // The other side hung up: that is what this server is for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(Line client, Line upstream) throws IOException {
    client.forwardReplyOf(upstream);
    for (String command = client.read(); command != null; command = client.read()) {
      String sent = command;
      if (refused.stream().anyMatch(address -> sent.contains("<" + address + ">"))) {
        client.write("550 5.1.1 no such user");
        continue;
      }
      if (utf8 && command.startsWith("MAIL ") && command.contains(" SMTPUTF8")) {
        letters.add(letter(client));
        continue;
      }
      upstream.write(command);
      if (command.startsWith("EHLO ")) {
        offer(client, upstream.readReply());
        continue;
      }
      boolean data =
          client.forwardReplyOf(upstream).startsWith("354")
              && command.toUpperCase(Locale.ROOT).startsWith("DATA");
      if (data) {
        forwardText(client, upstream);
        if (loseAnswer.getAndSet(false)) {
          upstream.readReply();
          return;
        }
        client.forwardReplyOf(upstream);
      }
    }
  }

  /** What the server behind offers, with SMTPUTF8 if it is to be offered, else without. */
  private void offer(Line client, List<String> reply) throws IOException {
    List<String> offers =
        reply.stream().filter(line -> !line.endsWith("SMTPUTF8")).collect(Collectors.toList());
    if (utf8) {
      offers.add("250 SMTPUTF8");
    }
    String last = offers.removeLast();
    for (String line : offers) {
      client.write("250-" + line.substring(4));
    }
    client.write("250 " + last.substring(4));
  }

  /** The rest of a conversation after MAIL FROM, with one recipient. */
  private static Letter letter(Line client) throws IOException {
    client.write("250 OK");
    String recipient = utf8(client.read()).replaceFirst("^RCPT TO:<(.*)>$", "$1");
    client.write("250 OK");
    String data = utf8(client.read());
    client.write("354 go on");
    StringBuilder text = new StringBuilder(data.equals("DATA") ? "" : data);
    for (String line = utf8(client.read()); !line.equals("."); line = utf8(client.read())) {
      text.append(line).append('\n');
    }
    client.write("250 OK");
    return new Letter(recipient, text.toString());
  }

  private static String utf8(@Nullable String bytes) throws IOException {
    if (bytes == null) {
      throw new IOException("hung up in mid letter");
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
        .toString();
  }

  private static void forwardText(Line client, Line upstream) throws IOException {
    String line;
    do {
      line = client.read();
      if (line == null) {
        throw new IOException("hung up in mid text");
      }
      upstream.write(line);
    } while (!line.equals("."));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One side of a conversation. */
  private static final class Line {
    private final BufferedReader in;
    private final OutputStream out;

    Line(Socket socket) throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      out = socket.getOutputStream();
    }

    @Nullable String read() throws IOException {
      return in.readLine();
    }

    void write(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    List<String> readReply() throws IOException {
      List<String> lines = new java.util.ArrayList<>();
      String line;
      do {
        line = in.readLine();
        if (line == null) {
          throw new IOException("the server hung up");
        }
        lines.add(line);
      } while (line.length() > 3 && line.charAt(3) == '-');
      return lines;
    }

    String forwardReplyOf(Line server) throws IOException {
      List<String> reply = server.readReply();
      for (String line : reply) {
        write(line);
      }
      return reply.getLast();
    }
  }
}
