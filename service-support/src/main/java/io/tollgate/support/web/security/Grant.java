package io.tollgate.support.web.security;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import java.util.Locale;
import java.util.Map;

/** Who may use a route. */
public sealed interface Grant {

  /** Whether it lets the caller through, given the route's path variables. */
  boolean covers(Caller caller, Map<String, String> path);

  /** Whom it lets through, as the documents of the routes have it. */
  String inWords();

  /** Any platform. */
  static Grant platform() {
    return new OfRole(Role.PLATFORM);
  }

  /** Any operator: for reading. */
  static Grant operator() {
    return new OfRole(Role.OPERATOR);
  }

  /** Operators with a scope: for changing. */
  static Grant operator(String scope) {
    return new OfScope(scope);
  }

  /** The customer whose account the path's {@code account} names. */
  static Grant customerOfAccount() {
    return new OfPathAccount();
  }

  /** Any customer: the handler binds what they see to their account. */
  static Grant customer() {
    return new OfRole(Role.CUSTOMER);
  }

  /** What watches a service's numbers. */
  static Grant monitor() {
    return new OfRole(Role.MONITOR);
  }

  /** Whoever has a token that counts. */
  static Grant anybody() {
    return new OfAnybody();
  }

  /** The public: whoever asks, without a token. */
  static Grant everyone() {
    return new OfEveryone();
  }

  /** By nothing at all. */
  record OfEveryone() implements Grant {
    @Override
    public boolean covers(Caller caller, Map<String, String> path) {
      return true;
    }

    @Override
    public String inWords() {
      return "everyone";
    }
  }

  /** By nothing but a token. */
  record OfAnybody() implements Grant {
    @Override
    public boolean covers(Caller caller, Map<String, String> path) {
      return true;
    }

    @Override
    public String inWords() {
      return "anybody with a token";
    }
  }

  /** By role. */
  record OfRole(Role role) implements Grant {
    @Override
    public boolean covers(Caller caller, Map<String, String> path) {
      return caller.is(role) && (role != Role.CUSTOMER || caller.account().isPresent());
    }

    @Override
    public String inWords() {
      return role.name().toLowerCase(Locale.ROOT);
    }
  }

  /** By operator scope. */
  record OfScope(String scope) implements Grant {
    @Override
    public boolean covers(Caller caller, Map<String, String> path) {
      return caller.is(Role.OPERATOR) && caller.scopes().contains(scope);
    }

    @Override
    public String inWords() {
      return "operator (scope " + scope + ")";
    }
  }

  /** By the account in the path. */
  record OfPathAccount() implements Grant {
    @Override
    public boolean covers(Caller caller, Map<String, String> path) {
      return caller.is(Role.CUSTOMER)
          && caller
              .account()
              .map(AccountId::value)
              .filter(a -> a.equals(path.get("account")))
              .isPresent();
    }

    @Override
    public String inWords() {
      return "customer of the account";
    }
  }
}
