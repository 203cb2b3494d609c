package io.tollgate.store.agreement;

import java.util.Comparator;

/**
 * Which changes of a policy are changes of terms: a change that only favours customers needs no
 * notice, any other does (C3.2.10).
 *
 * @param <T> the policy's type
 */
@FunctionalInterface
public interface Binding<T> {

  /** Whether the second value is worse for accounts than the first, or may be. */
  boolean isWorse(T before, T after);

  /** It is about the provider's own work; accounts are not bound by it. */
  static <T> Binding<T> none() {
    return (before, after) -> false;
  }

  /** Nobody can say which value is in the accounts' favour: every change counts. */
  static <T> Binding<T> byAnyChange() {
    return (before, after) -> !before.equals(after);
  }

  /** A higher value is worse for accounts, such as a rate. */
  static <T extends Comparable<? super T>> Binding<T> worseWhenHigher() {
    return (before, after) -> Comparator.<T>naturalOrder().compare(before, after) < 0;
  }

  /** A lower value is worse for accounts, such as a period of grace. */
  static <T extends Comparable<? super T>> Binding<T> worseWhenLower() {
    return (before, after) -> Comparator.<T>naturalOrder().compare(before, after) > 0;
  }
}
