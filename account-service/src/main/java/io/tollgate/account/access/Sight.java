package io.tollgate.account.access;

import io.tollgate.model.AccountId;
import io.tollgate.model.Identifiers;
import io.tollgate.model.PlatformId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import io.tollgate.support.web.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see: an operator all, a platform what it runs, a customer one account. Part of
 * every SQL predicate, so that what is out of sight does not exist for the caller.
 *
 * @param account the only account in sight; empty for no such bound
 * @param platform the only platform in sight; empty for no such bound
 */
public record Sight(Optional<AccountId> account, Optional<PlatformId> platform) {

  /** No bounds: for operators and the service itself. */
  public static final Sight ALL = new Sight(Optional.empty(), Optional.empty());

  /**
   * A caller's sight.
   *
   * @throws ProblemException (403) for a credential that is bound to nothing
   */
  public static Sight of(Caller caller) {
    if (caller.is(Role.OPERATOR)) {
      return ALL;
    }
    if (caller.is(Role.PLATFORM)) {
      return new Sight(Optional.empty(), Optional.of(platform(caller)));
    }
    return new Sight(
        Optional.of(caller.account().orElseThrow(() -> forbidden("customer of an account"))),
        Optional.empty());
  }

  /** The platform whose credential this is. */
  public static PlatformId platform(Caller caller) {
    if (!caller.is(Role.PLATFORM) || !Identifiers.isValid(caller.subject())) {
      throw forbidden("platform whose id is its subject");
    }
    return PlatformId.of(caller.subject());
  }

  /**
   * Lets operators pass, and the platform itself.
   *
   * @throws ProblemException (403) for another platform
   */
  public static void require(Caller caller, PlatformId platform) {
    if (!caller.is(Role.OPERATOR) && !platform(caller).equals(platform)) {
      throw forbidden("platform " + platform);
    }
  }

  /** For a predicate {@code (:sightAccount::text is null or account = :sightAccount)}. */
  public @Nullable String accountOrNull() {
    return account.map(AccountId::value).orElse(null);
  }

  /** For a predicate {@code (:sightPlatform::text is null or platform = :sightPlatform)}. */
  public @Nullable String platformOrNull() {
    return platform.map(PlatformId::value).orElse(null);
  }

  private static ProblemException forbidden(String orWhom) {
    return ProblemException.forbidden(List.of("operator", orWhom));
  }
}
