package io.tollgate.support.web;

import io.tollgate.model.AccountId;
import java.util.Optional;
import java.util.Set;

/**
 * The caller of a request, according to its credential; a parameter of controller methods.
 *
 * @param subject the credential's subject: recorded in the audit trail
 * @param roles its roles
 * @param account the account a customer is bound to
 * @param scopes what an operator may do
 */
public record Caller(
    String subject, Set<Role> roles, Optional<AccountId> account, Set<String> scopes) {

  /** Roles of credentials. */
  public enum Role {
    PLATFORM,
    OPERATOR,
    CUSTOMER,
    /**
     * What reads the numbers of a service, and of its routes only their document: its token lies on
     * a monitor's disk.
     */
    MONITOR
  }

  public Caller {
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /**
   * The account to which every query of this caller is bound; empty for operators and platforms,
   * who see all.
   */
  public Optional<AccountId> boundTo() {
    return is(Role.OPERATOR) || is(Role.PLATFORM) ? Optional.empty() : account;
  }
}
