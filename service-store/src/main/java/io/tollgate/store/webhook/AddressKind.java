package io.tollgate.store.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes IP addresses that are not public (the IANA special-purpose address registries), so
 * that nobody can make this service connect to the provider's internal network.
 */
final class AddressKind {

  private static final List<Block> BLOCKS =
      List.of(
          new Block("0.0.0.0", 8, "unspecified"),
          new Block("10.0.0.0", 8, "private"),
          new Block("100.64.0.0", 10, "shared address space"),
          new Block("127.0.0.0", 8, "loopback"),
          new Block("169.254.0.0", 16, "link-local"),
          new Block("172.16.0.0", 12, "private"),
          new Block("192.0.0.0", 24, "reserved"),
          new Block("192.0.2.0", 24, "for documentation"),
          new Block("192.168.0.0", 16, "private"),
          new Block("198.18.0.0", 15, "for benchmarks"),
          new Block("198.51.100.0", 24, "for documentation"),
          new Block("203.0.113.0", 24, "for documentation"),
          new Block("224.0.0.0", 4, "multicast"),
          new Block("240.0.0.0", 4, "reserved"),
          new Block("::", 128, "unspecified"),
          new Block("::1", 128, "loopback"),
          new Block("fc00::", 7, "unique local"),
          new Block("fe80::", 10, "link-local"),
          new Block("ff00::", 8, "multicast"),
          new Block("2001:db8::", 32, "for documentation"),
          new Block("2001::", 32, "a tunnel"));

  /** All IPv6 addresses that are assigned to the public. */
  private static final Block GLOBAL = new Block("2000::", 3, "");

  private static final Block SIX_TO_FOUR = new Block("2002::", 16, "");
  private static final int SIX_TO_FOUR_OFFSET = 2;

  private AddressKind() {}

  /** What makes an address not a public one; empty when it is public. */
  static Optional<String> notPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    Optional<String> special =
        BLOCKS.stream().filter(block -> block.holds(bytes)).map(Block::kind).findFirst();
    if (special.isPresent() || address instanceof Inet4Address) {
      return special;
    }
    if (!GLOBAL.holds(bytes)) {
      return Optional.of("reserved");
    }
    return SIX_TO_FOUR.holds(bytes)
        ? notPublic(parsed(Arrays.copyOfRange(bytes, SIX_TO_FOUR_OFFSET, SIX_TO_FOUR_OFFSET + 4)))
        : Optional.empty();
  }

  private static InetAddress parsed(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** Addresses with a common prefix. */
  private record Block(byte[] network, int bits, String kind) {

    Block(String network, int bits, String kind) {
      this(literal(network).getAddress(), bits, kind);
    }

    boolean holds(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The address of a literal, without asking DNS.
   *
   * @throws IllegalArgumentException when it is none
   */
  static InetAddress literal(String text) {
    if (!text.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an IP address: " + text, e);
    }
  }
}
