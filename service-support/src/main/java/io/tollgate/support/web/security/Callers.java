package io.tollgate.support.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.model.AccountId;
import io.tollgate.model.Identifiers;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Reads callers from verified tokens: claims {@code sub}, {@code roles}, {@code account}, {@code
 * scope}.
 */
final class Callers {

  private static final Caller NOBODY =
      new Caller("anonymous", Set.of(), Optional.empty(), Set.of());

  /** Read once from each token that is verified, by its identity, and gone with it. */
  private static final Cache<Jwt, Caller> READ = Caffeine.newBuilder().weakKeys().build();

  private Callers() {}

  /** The caller behind an authentication; one without roles when it holds no token of ours. */
  static Caller of(Authentication authentication) {
    return authentication.getPrincipal() instanceof Jwt jwt ? READ.get(jwt, Callers::read) : NOBODY;
  }

  private static Caller read(Jwt jwt) {
    Optional<AccountId> account =
        Optional.ofNullable(jwt.getClaimAsString("account"))
            .filter(Identifiers::isValid)
            .map(AccountId::of);
    String scope = Optional.ofNullable(jwt.getClaimAsString("scope")).orElse("");
    return new Caller(
        Optional.ofNullable(jwt.getSubject()).orElse("unnamed"),
        roles(jwt),
        account,
        scope.isBlank() ? Set.of() : Set.of(scope.strip().split(" +")));
  }

  private static Set<Role> roles(Jwt jwt) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : Optional.ofNullable(jwt.getClaimAsStringList("roles")).orElse(List.of())) {
      for (Role role : Role.values()) {
        if (role.name().equals(name.toUpperCase(Locale.ROOT))) {
          roles.add(role);
        }
      }
    }
    return roles;
  }
}
