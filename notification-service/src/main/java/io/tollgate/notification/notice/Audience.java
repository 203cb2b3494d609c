package io.tollgate.notification.notice;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import java.util.Set;

/** Whom a notice concerns; its recipients are fixed at publication (section 14). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Audience.All.class, name = "ALL"),
  @JsonSubTypes.Type(value = Audience.Accounts.class, name = "ACCOUNTS"),
  @JsonSubTypes.Type(value = Audience.UsersOf.class, name = "PRODUCT")
})
public sealed interface Audience {

  /** Every account; accounts opened later see it at opening. */
  record All() implements Audience {}

  /** These accounts, 1 to 1,000. */
  record Accounts(Set<AccountId> accounts) implements Audience {

    static final int MAX = 1_000;

    public Accounts {
      if (accounts == null) {
        throw new IllegalArgumentException("an audience of accounts names them");
      }
      accounts = Set.copyOf(accounts);
      if (accounts.isEmpty() || accounts.size() > MAX) {
        throw new IllegalArgumentException("an audience of accounts names 1 to 1,000 of them");
      }
    }
  }

  /** Every account that has an instance of the product. */
  record UsersOf(ProductId product) implements Audience {

    public UsersOf {
      if (product == null) {
        throw new IllegalArgumentException("an audience by product names it");
      }
    }
  }
}
