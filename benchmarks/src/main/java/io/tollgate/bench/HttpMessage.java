package io.tollgate.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests as bytes on the wire, made before they are timed or as cheaply as can be. */
final class HttpMessage {

  private HttpMessage() {}

  static byte[] get(URI service, String path, String token) {
    return bytes(head("GET", service, path, token) + "\r\n");
  }

  static byte[] post(URI service, String path, String token, String type, byte[] body) {
    byte[] head =
        bytes(
            head("POST", service, path, token)
                + "Content-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n");
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static String head(String method, URI service, String path, String token) {
    return method
        + ' '
        + path
        + " HTTP/1.1\r\nHost: "
        + service.getAuthority()
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
