package io.tollgate.chaos.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kept-alive connection that sends bytes as they are, so that they may be wrong; made anew when
 * the other side has ended it.
 */
final class Connection implements AutoCloseable {

  /** Whatever is asked is answered by then. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  /** An answer that does not end is left after so long. */
  private static final int STREAM_MILLIS = 20;

  private static final int MALFORMED_MILLIS = 500;
  private static final int MOST_HEADERS = 200;

  private final InetSocketAddress address;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  /**
   * @param service its base address
   */
  Connection(URI service) {
    this.address = new InetSocketAddress(service.getHost(), service.getPort());
  }

  /** Sends it and reads the answer; on a new connection where the old one ended meanwhile. */
  Answer ask(byte[] request, boolean head) {
    boolean kept = socket != null;
    Answer answer = once(request, head);
    return kept && answer.outcome() == Answer.Outcome.CLOSED ? once(request, head) : answer;
  }

  private Answer once(byte[] request, boolean head) {
    long start = System.nanoTime();
    try {
      send(request);
      return read(head, start);
    } catch (SocketTimeoutException e) {
      close();
      return Answer.none(Answer.Outcome.SILENT, since(start));
    } catch (IOException e) {
      close();
      return Answer.none(Answer.Outcome.CLOSED, since(start));
    }
  }

  /**
   * Sends what may be no request on a connection of its own, ends it, and waits for the other side
   * to end it too.
   */
  Answer provoke(byte[] bytes) {
    close();
    long start = System.nanoTime();
    Answer answer = Answer.none(Answer.Outcome.CLOSED, Duration.ZERO);
    try {
      send(bytes);
      Socket open = open();
      open.setSoTimeout(MALFORMED_MILLIS);
      try {
        answer = read(false, start);
      } catch (SocketTimeoutException e) {
        // It waits for more, which does not come.
      }
      if (socket != null) {
        open.shutdownOutput();
        open.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
        long unused = in.transferTo(ByteArrayOutputStream.nullOutputStream());
      }
    } catch (SocketTimeoutException e) {
      answer = Answer.none(Answer.Outcome.SILENT, since(start));
    } catch (IOException e) {
      // An end without a word is an end.
    }
    close();
    return answer;
  }

  private Socket open() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket();
      open.setTcpNoDelay(true);
      open.connect(address, Math.toIntExact(LIMIT.toMillis()));
      in = new BufferedInputStream(open.getInputStream(), 16 * 1024);
      socket = open;
    }
    open.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
    return open;
  }

  private void send(byte[] request) throws IOException {
    open().getOutputStream().write(request);
  }

  private Answer read(boolean head, long start) throws IOException {
    String status = line();
    while (status.startsWith("HTTP/1.1 1")) {
      var unused = headers();
      status = line();
    }
    if (!status.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      throw new IOException("not an answer: " + status);
    }
    int code = Integer.parseInt(status.substring(9, 12));
    List<String> headers = headers();
    Answer shell = new Answer(code, headers, "", Duration.ZERO, Answer.Outcome.ANSWERED);
    String body = head || code == 204 || code == 304 ? "" : body(shell);
    if (shell.header("connection").equalsIgnoreCase("close") || status.startsWith("HTTP/1.0")) {
      close();
    }
    return new Answer(code, headers, body, since(start), Answer.Outcome.ANSWERED);
  }

  private List<String> headers() throws IOException {
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
      if (headers.size() > MOST_HEADERS) {
        throw new IOException("more headers than an answer has");
      }
    }
    return headers;
  }

  private String body(Answer shell) throws IOException {
    if (shell.header("content-type").startsWith("text/event-stream")) {
      return beginning();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (shell.header("transfer-encoding").equalsIgnoreCase("chunked")) {
      for (int size = chunk(); size > 0; size = chunk()) {
        body.write(exactly(size));
        var unused = line();
      }
      var unused = line();
    } else if (shell.header("content-length").isEmpty()) {
      long unused = in.transferTo(body);
      close();
    } else {
      body.write(exactly(Integer.parseInt(shell.header("content-length"))));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  /** What a stream says at once; it is not listened to any longer. */
  private String beginning() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    open().setSoTimeout(STREAM_MILLIS);
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        body.write(next);
      }
    } catch (SocketTimeoutException e) {
      // It says no more now.
    }
    close();
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
