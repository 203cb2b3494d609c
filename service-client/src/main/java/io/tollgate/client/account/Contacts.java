package io.tollgate.client.account;

import java.util.List;
import java.util.Optional;

/** Whom notices go to (C3.1.2). Does not show contact data in logs. */
public record Contacts(
    String name, List<String> emails, Optional<String> language, boolean marketingConsent) {
  @Override
  public String toString() {
    return "Contacts[...]";
  }
}
