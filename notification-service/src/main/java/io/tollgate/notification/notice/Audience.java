package io.tollgate.notification.notice;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.GateAction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a notice concerns; its recipients are fixed at publication (section 14). Requests name the
 * plain kinds only.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Audience.All.class, name = "ALL"),
  @JsonSubTypes.Type(value = Audience.Accounts.class, name = "ACCOUNTS"),
  @JsonSubTypes.Type(value = Audience.UsersOf.class, name = "PRODUCT")
})
public sealed interface Audience {

  /** Every account that is concerned one way or another. */
  record Several(List<Audience> list) implements Audience {
    public Several {
      list = List.copyOf(list);
    }
  }

  /** The accounts of these instances. */
  record OwnersOf(Set<InstanceId> instances) implements Audience {
    public OwnersOf {
      instances = Set.copyOf(instances);
    }
  }

  /** Every account; accounts opened later see it at opening. */
  record All() implements Audience {}

  /** These accounts, 1 to 1,000. */
  record Accounts(Set<AccountId> accounts) implements Audience {

    static final int MAX = 1_000;

    public Accounts {
      if (accounts == null) {
        throw new IllegalArgumentException("an audience of accounts must name them");
      }
      accounts = Set.copyOf(accounts);
      if (accounts.isEmpty() || accounts.size() > MAX) {
        throw new IllegalArgumentException("an audience of accounts must name 1 to 1,000 of them");
      }
    }
  }

  /** Every account that has an instance of the product. */
  record UsersOf(ProductId product) implements Audience {

    public UsersOf {
      if (product == null) {
        throw new IllegalArgumentException("an audience by product must name the product");
      }
    }
  }

  /**
   * Every account that has or once had an instance of the product: whoever still owes for it is
   * bound by its terms.
   */
  record EverUsersOf(ProductId product) implements Audience {}

  /**
   * Whom an action touches (section 14): everybody who uses what it changes, or is bound by it.
   * Operators can only add to it.
   */
  static Audience of(GateAction action) {
    return switch (action) {
      case GateAction.Price price -> new UsersOf(price.product());
      case GateAction.Policy policy -> boundBy(policy.product());
      case GateAction.Terms terms -> boundBy(terms.product());
      case GateAction.Relocation relocation -> new OwnersOf(relocation.instances());
      case GateAction.Discontinuation discontinuation -> new UsersOf(discontinuation.product());
      case GateAction.Transfer transfer -> new All();
      case GateAction.SetOff setOff -> new Accounts(Set.of(setOff.account()));
      case GateAction.AffiliateDebt debt ->
          new Several(
              List.of(
                  new Accounts(Set.of(debt.principal())), new Accounts(Set.of(debt.affiliate()))));
    };
  }

  private static Audience boundBy(Optional<ProductId> product) {
    return product.<Audience>map(EverUsersOf::new).orElseGet(All::new);
  }

  /** Its simple parts. */
  default Stream<Audience> parts() {
    return this instanceof Several several
        ? several.list().stream().flatMap(Audience::parts)
        : Stream.of(this);
  }
}
