package io.tollgate.billing.journal;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A row to be stored for an account.
 *
 * @param account the account
 * @param item what the row holds
 */
record OfAccount<T>(OpenAccount account, T item) {

  /** The rows of all accounts. */
  static <T> List<OfAccount<T>> all(
      Collection<OpenAccount> accounts, Function<OpenAccount, ? extends Collection<T>> items) {
    return accounts.stream()
        .flatMap(
            account -> items.apply(account).stream().map(item -> new OfAccount<>(account, item)))
        .toList();
  }
}
