package io.tollgate.chaos.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Paths and headers that try to be taken for something else, and bytes that are no request. */
final class Malformed {

  private static final List<String> INSERTS =
      List.of(
          "/..",
          "/.",
          "//",
          "/%2e%2e/%2e%2e",
          "/..%2f..%2f",
          "/%2f",
          ";jsessionid=1",
          "/%00",
          "%",
          "%zz",
          "/%c0%af",
          "%0d%0ax-injected:%20yes",
          "\\",
          "/..\\..",
          "%5c",
          "%252e%252e",
          "/*",
          "/\u00e9",
          "#x",
          "?a=b?c",
          "/%ff",
          "{x}",
          "|",
          "^",
          "%3b");

  private static final List<String> FORGED =
      List.of(
          "X-Forwarded-For: 127.0.0.1\r\n",
          "X-Forwarded-Host: evil.example\r\n",
          "X-Forwarded-Prefix: /..\r\n",
          "X-Forwarded-Proto: javascript\r\n",
          "Forwarded: for=127.0.0.1;host=evil.example;proto=https\r\n",
          "X-Original-URL: /v1/clock/step\r\n",
          "X-Rewrite-URL: /v1/audit\r\n",
          "X-HTTP-Method-Override: DELETE\r\n",
          "X-Roles: operator\r\n",
          "X-User: operator\r\n",
          "Cookie: SESSION=1; account=operator\r\n",
          "Origin: https://evil.example\r\n",
          "Range: bytes=0-0,-1\r\n",
          "If-None-Match: *\r\n",
          "If-Modified-Since: yesterday\r\n",
          "Accept-Encoding: gzip, br, x\r\n",
          "Accept-Language: " + "x-".repeat(500) + "\r\n",
          "traceparent: 00-00000000000000000000000000000000-0000000000000000-01\r\n",
          "traceparent: zz\r\n",
          "baggage: " + "a=b,".repeat(500) + "\r\n",
          "Expect: 200-maybe\r\n",
          "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAA\r\n",
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n",
          "Last-Event-ID: 99999999999999999999\r\n",
          "Transfer-Encoding: gzip\r\n",
          "X-Long: " + "y".repeat(4_000) + "\r\n");

  private Malformed() {}

  /** Puts something into a path. */
  static String path(String path, Random random) {
    String insert = INSERTS.get(random.nextInt(INSERTS.size()));
    int at = path.indexOf('/', 1 + random.nextInt(path.length()));
    String end = at < 0 ? "" : path.substring(at);
    return (at < 0 ? path : path.substring(0, at)) + insert + end;
  }

  /**
   * Adds headers that claim what is not so.
   *
   * @param account somebody's
   */
  static void forge(StringBuilder head, Random random, String account) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      head.append(FORGED.get(random.nextInt(FORGED.size())));
    }
    head.append("X-Account: ").append(account).append("\r\n");
    head.append("X-Tollgate-Account: ").append(account).append("\r\n");
  }

  /** Bytes that are not one well-formed request. */
  static byte[] request(String authorization, Random random) {
    String head = "GET /v1/clock HTTP/1.1\r\nHost: x\r\n" + authorization;
    String post = "POST /v1/accounts HTTP/1.1\r\nHost: x\r\n" + authorization;
    String text =
        switch (random.nextInt(22)) {
          case 0 -> "GET /v1/clock HTTP/1.1\r\n" + authorization + "\r\n";
          case 1 -> head + "Host: y\r\n\r\n";
          case 2 -> post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}";
          case 3 -> post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}";
          case 4 -> post + "Content-Length: -1\r\n\r\n{}";
          case 5 -> post + "Content-Length: 1000\r\n\r\n{}";
          case 6 -> post + "Content-Length: 99999999999999999999\r\n\r\n{}";
          case 7 -> head + "no colon\r\n\r\n";
          case 8 -> head + "X-Nul: a\u0000b\r\n\r\n";
          case 9 -> head.replace("\r\n", "\n") + "\n";
          case 10 -> head.replace("HTTP/1.1", "HTTP/9.9") + "\r\n";
          case 11 -> head.replace("/v1/clock", "http://evil.example/v1/clock") + "\r\n";
          case 12 -> head.replace(" /v1/clock", "") + "\r\n";
          case 13 -> head + "X-Folded: a\r\n b\r\n\r\n";
          case 14 -> head + "X-Huge: " + "h".repeat(70_000) + "\r\n\r\n";
          case 15 -> head + "X-Many: m\r\n".repeat(3_000) + "\r\n";
          case 16 -> post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n";
          case 17 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
          case 18 -> "\u0016\u0003\u0001\u0002\u0000\u0001\u0000";
          case 19 -> head.replace("GET", "get") + "\r\n";
          case 20 -> head.replace("/v1/clock", "/v1/" + "p".repeat(9_000)) + "\r\n";
          default -> Hostile.noise(1 + random.nextInt(2_000), random) + "\r\n\r\n";
        };
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
