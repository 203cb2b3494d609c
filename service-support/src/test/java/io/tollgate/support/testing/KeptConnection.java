package io.tollgate.support.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection on which many requests are made, byte by byte as the test says: HTTP clients would
 * hide a broken one by opening another.
 */
public final class KeptConnection implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Socket socket;
  private final InputStream in;

  private KeptConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Opens one to a port of this machine. */
  public static KeptConnection to(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
      return new KeptConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was answered.
   *
   * @param status the HTTP status
   * @param headers the headers; names in any case
   * @param body the body
   */
  public record Answer(int status, Map<String, String> headers, String body) {}

  /** The bytes of a request. */
  public static String request(String method, String path, String token, String... headers) {
    StringBuilder text =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    if (!token.isEmpty()) {
      text.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** The bytes of a request with a JSON body. */
  public static String post(String path, String token, String body) {
    return request(
            "POST",
            path,
            token,
            "Content-Type: application/json",
            "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length)
        + body;
  }

  /** Writes at once. */
  public void send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request and reads its answer. */
  public Answer ask(String bytes) {
    send(bytes);
    return answer();
  }

  /** Reads the next answer. */
  public Answer answer() {
    return answer(true);
  }

  /** Reads the next answer, to a HEAD, which has no body whatever its headers say. */
  public Answer answerWithoutBody() {
    return answer(false);
  }

  private Answer answer(boolean withBody) {
    try {
      String first = line();
      int status = Integer.parseInt(first.split(" ", 3)[1]);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(); !line.isEmpty(); line = line()) {
        String[] parts = line.split(": *", 2);
        headers.put(parts[0], parts[1]);
      }
      return new Answer(status, headers, withBody ? body(headers) : "");
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not answered within " + LIMIT, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String body(Map<String, String> headers) throws IOException {
    if (!"chunked".equals(headers.get("Transfer-Encoding"))) {
      return read(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
    }
    StringBuilder body = new StringBuilder();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.append(read(size));
      line();
    }
    line();
    return body.toString();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String read(int size) throws IOException {
    return new String(in.readNBytes(size), StandardCharsets.UTF_8);
  }

  /** The first line of what is still answered before the server closes; it must close. */
  public String endsAfter() {
    try {
      String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return rest.lines().findFirst().orElse("");
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither answered nor closed within " + LIMIT, e);
    } catch (IOException e) {
      // Reset: closed while something was still unread.
      return "";
    }
  }

  /** Whether the server has closed it: nothing more comes. */
  public boolean ended() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection after '" + line + "'");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
