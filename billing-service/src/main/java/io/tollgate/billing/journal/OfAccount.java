package io.tollgate.billing.journal;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Something that is stored of an account.
 *
 * @param account whose
 * @param item what
 */
record OfAccount<T>(OpenAccount account, T item) {

  /** What is stored of all of them. */
  static <T> List<OfAccount<T>> all(
      Collection<OpenAccount> accounts, Function<OpenAccount, ? extends Collection<T>> items) {
    return accounts.stream()
        .flatMap(
            account -> items.apply(account).stream().map(item -> new OfAccount<>(account, item)))
        .toList();
  }
}
