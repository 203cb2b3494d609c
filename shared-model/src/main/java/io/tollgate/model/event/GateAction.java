package io.tollgate.model.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The very action that a gated notice announces (section 14). Its gate opens this action, once, and
 * nothing else; the notice's audience is worked out from it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GateAction.Price.class, name = "PRICE"),
  @JsonSubTypes.Type(value = GateAction.Policy.class, name = "POLICY"),
  @JsonSubTypes.Type(value = GateAction.Terms.class, name = "TERMS"),
  @JsonSubTypes.Type(value = GateAction.Relocation.class, name = "RELOCATION"),
  @JsonSubTypes.Type(value = GateAction.Discontinuation.class, name = "DISCONTINUATION"),
  @JsonSubTypes.Type(value = GateAction.Transfer.class, name = "TRANSFER"),
  @JsonSubTypes.Type(value = GateAction.SetOff.class, name = "SET_OFF"),
  @JsonSubTypes.Type(value = GateAction.AffiliateDebt.class, name = "AFFILIATE_DEBT")
})
public sealed interface GateAction {

  /** The only kind of notice that may announce it. */
  GateKind kind();

  /** What it is about, in one word: a product, a policy, an account ... */
  String subject();

  /** What it does, for people. */
  String description();

  /** Whether a notice of this action opens another one. */
  default boolean covers(GateAction wanted) {
    return equals(wanted);
  }

  /** A price version that makes something free chargeable, or smaller (C2.5). */
  record Price(ProductId product, int version) implements GateAction {

    public Price {
      ActionFields.needed("product", product);
      if (version < 1) {
        throw new IllegalArgumentException("version must be 1 or more, not " + version);
      }
    }

    @Override
    public GateKind kind() {
      return GateKind.FREE_BECOMES_CHARGEABLE;
    }

    @Override
    public String subject() {
      return product.value();
    }

    @Override
    public String description() {
      return "price version " + version + " of product " + product;
    }
  }

  /**
   * A policy row (C3.2.10).
   *
   * @param name the policy
   * @param level the level of the agreement that it is entered at
   * @param product for which product; empty for all
   * @param value the value, as written in the row
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Policy(String name, PolicyLevel level, Optional<ProductId> product, String value)
      implements GateAction {

    public Policy {
      ActionFields.identifier("name", name);
      ActionFields.needed("level", level);
      if (!level.isRequestable()) {
        throw new IllegalArgumentException("level " + level + " is built in and cannot be entered");
      }
      ActionFields.text("value", value);
    }

    @Override
    public GateKind kind() {
      return GateKind.TERMS_CHANGE;
    }

    @Override
    public String subject() {
      return name;
    }

    @Override
    public String description() {
      return "policy %s = %s at level %s%s"
          .formatted(name, value, level, product.map(id -> " for product " + id).orElse(""));
    }
  }

  /**
   * New terms that no policy row expresses (C3.2.10): nothing waits for them here, but customers
   * are told and may reject them.
   *
   * @param document what the new terms are called
   * @param product the product they are about; empty when they bind every account
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Terms(String document, Optional<ProductId> product) implements GateAction {

    public Terms {
      ActionFields.identifier("document", document);
    }

    @Override
    public GateKind kind() {
      return GateKind.TERMS_CHANGE;
    }

    @Override
    public String subject() {
      return document;
    }

    @Override
    public String description() {
      return "the terms " + document + product.map(id -> " of product " + id).orElse("");
    }
  }

  /** Instances are moved to other equipment, each once (C3.2.8). */
  record Relocation(Set<InstanceId> instances) implements GateAction {

    /** Most instances that one notice may name. */
    public static final int MAX_INSTANCES = 1_000;

    public Relocation {
      if (instances == null || instances.isEmpty() || instances.size() > MAX_INSTANCES) {
        throw new IllegalArgumentException("instances must be 1 to 1,000 instances");
      }
      instances = Set.copyOf(instances);
    }

    /** The relocation of one instance. */
    public static Relocation of(InstanceId instance) {
      return new Relocation(Set.of(instance));
    }

    @Override
    public boolean covers(GateAction wanted) {
      return wanted instanceof Relocation other && instances.containsAll(other.instances());
    }

    @Override
    public GateKind kind() {
      return GateKind.RELOCATION;
    }

    @Override
    public String subject() {
      return instances.size() == 1
          ? instances.iterator().next().value()
          : instances.size() + "-instances";
    }

    @Override
    public String description() {
      return "relocation of "
          + new TreeSet<>(instances.stream().map(InstanceId::value).toList())
              .stream().collect(Collectors.joining(", "));
    }
  }

  /** A product is no longer provided: its instances are ended, each once (C7.4.4). */
  record Discontinuation(ProductId product) implements GateAction {

    public Discontinuation {
      ActionFields.needed("product", product);
    }

    @Override
    public GateKind kind() {
      return GateKind.DISCONTINUATION;
    }

    @Override
    public String subject() {
      return product.value();
    }

    @Override
    public String description() {
      return "discontinuation of product " + product;
    }
  }

  /** The agreement passes to an affiliate of the provider (C12.3). */
  record Transfer(String affiliate) implements GateAction {

    public Transfer {
      ActionFields.identifier("affiliate", affiliate);
    }

    @Override
    public GateKind kind() {
      return GateKind.AGREEMENT_TRANSFER;
    }

    @Override
    public String subject() {
      return affiliate;
    }

    @Override
    public String description() {
      return "transfer of the agreement to " + affiliate;
    }
  }

  /** A due debt to the customer is netted against what the account owes (C3.2.13). */
  record SetOff(AccountId account) implements GateAction {

    public SetOff {
      ActionFields.needed("account", account);
    }

    @Override
    public GateKind kind() {
      return GateKind.SET_OFF;
    }

    @Override
    public String subject() {
      return account.value();
    }

    @Override
    public String description() {
      return "set-off on account " + account;
    }
  }

  /** An affiliate's debt is charged to the principal of its agreement (C3.1.11). */
  record AffiliateDebt(AccountId principal, AccountId affiliate) implements GateAction {

    public AffiliateDebt {
      ActionFields.needed("principal", principal);
      ActionFields.needed("affiliate", affiliate);
    }

    @Override
    public GateKind kind() {
      return GateKind.AFFILIATE_DEBT_CHARGED;
    }

    @Override
    public String subject() {
      return affiliate.value();
    }

    @Override
    public String description() {
      return "charging the debt of account " + affiliate + " to account " + principal;
    }
  }
}
