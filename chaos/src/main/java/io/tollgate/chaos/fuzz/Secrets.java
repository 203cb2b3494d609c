package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.Credential.Sight;
import java.util.List;
import java.util.Optional;

/**
 * What only the good accounts, and who serves them, may see.
 *
 * @param contacts names and addresses, which no request ever names
 * @param money transactions and amounts, which no request ever names
 * @param ids names that a request may guess, and that only it may then bring back
 */
record Secrets(List<String> contacts, List<String> money, List<String> ids) {

  /** Keeps its own copies. */
  Secrets {
    contacts = List.copyOf(contacts);
    money = List.copyOf(money);
    ids = List.copyOf(ids);
  }

  /** What an answer shows that its asker may not see. */
  Optional<String> shown(FuzzRequest request, Answer answer) {
    Sight sight = request.credential().sight();
    if (sight == Sight.ALL) {
      return Optional.empty();
    }
    String said = answer.body() + answer.headers();
    return first(contacts, said)
        .or(() -> first(money, said))
        .or(() -> sight == Sight.NO_CONTACTS ? Optional.empty() : guessed(request, said))
        .map(secret -> "shows " + secret + " to " + request.credential());
  }

  private static Optional<String> first(List<String> secrets, String said) {
    return secrets.stream().filter(said::contains).findFirst();
  }

  private Optional<String> guessed(FuzzRequest request, String said) {
    return ids.stream().filter(id -> said.contains(id) && !request.names(id)).findFirst();
  }
}
