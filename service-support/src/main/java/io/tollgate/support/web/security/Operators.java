package io.tollgate.support.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * The operators whose requests this instance has received.
 *
 * <p>Audit entries are written by the instance that received the request, so this distinguishes an
 * employee's name, which customers are not shown, from their own name and from a platform's.
 */
public final class Operators {

  private static final int REMEMBERED = 10_000;

  private final Cache<String, Boolean> subjects =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /** Takes note of an operator who makes a request. */
  public void seen(String subject) {
    subjects.put(subject, true);
  }

  /** Whether it is an operator's subject. */
  public boolean contains(String who) {
    return subjects.getIfPresent(who) != null;
  }
}
