package io.tollgate.chaos.fuzz;

import io.tollgate.model.AccountId;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.support.web.Caller.Role;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.TokenMinter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The authorization header of each kind of asker. */
final class Credentials {

  private static final Duration VALIDITY = Duration.ofDays(1);

  private final Map<Credential, String> headers = new EnumMap<>(Credential.class);

  /**
   * @param account whose customer asks
   * @param another whose customer asks for what is the first one's
   */
  Credentials(DataDirectory directory, String account, String another) {
    TokenMinter minter = directory.minter();
    List<String> scopes = Scopes.ALL.stream().filter(scope -> !scope.equals(Scopes.CLOCK)).toList();
    String customer = minter.customer("customer", AccountId.of(account), VALIDITY);
    bearer(Credential.OPERATOR, minter.operator("fuzz", scopes, VALIDITY));
    bearer(Credential.OPERATOR_WITHOUT_SCOPES, minter.operator("fuzz", List.of(), VALIDITY));
    bearer(Credential.PLATFORM, minter.platform("demo", VALIDITY));
    bearer(Credential.OTHER_PLATFORM, minter.platform("other", VALIDITY));
    bearer(Credential.CUSTOMER, customer);
    bearer(
        Credential.CUSTOMER_OF_ANOTHER, minter.customer("other", AccountId.of(another), VALIDITY));
    bearer(
        Credential.CUSTOMER_OF_NOBODY,
        minter.mint("nobody", Role.CUSTOMER, Optional.empty(), List.of(), VALIDITY));
    bearer(Credential.MONITOR, minter.monitor(VALIDITY));
    headers.put(Credential.NOBODY, "");
    bearer(Credential.GARBAGE, "not.a.token");
    headers.put(Credential.BASIC, "Authorization: Basic b3BlcmF0b3I6b3BlcmF0b3I=\r\n");
    bearer(Credential.EXPIRED, minter.operator("fuzz", Scopes.ALL, Duration.ofDays(-1)));
    bearer(
        Credential.UNSIGNED,
        encoded("{\"alg\":\"none\"}") + "." + claims(operatorOf(minter)) + ".");
    TokenMinter forger = new DataDirectory(directory.part("keys").resolve("others")).minter();
    bearer(Credential.OF_ANOTHER_KEY, operatorOf(forger));
    bearer(Credential.TAMPERED_WITH, tampered(customer));
  }

  private void bearer(Credential credential, String token) {
    headers.put(credential, "Authorization: Bearer " + token + "\r\n");
  }

  private static String operatorOf(TokenMinter minter) {
    return minter.operator("fuzz", Scopes.ALL, VALIDITY);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String claims(String token) {
    return token.split("\\.")[1];
  }

  /** A customer who calls themselves an operator. */
  private static String tampered(String token) {
    String[] parts = token.split("\\.");
    String claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("customer", "operator");
    return parts[0] + "." + encoded(claims) + "." + parts[2];
  }

  /** The header's line with its end; empty where there is none. */
  String header(Credential credential) {
    return headers.getOrDefault(credential, "");
  }
}
