package io.tollgate.account.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that need nothing special the same service, whose start costs more than they do.
 *
 * <p>Accounts, instances and platforms are theirs alone; its clock, which only goes forward, is
 * not. It may post to this machine.
 */
public final class SharedAccounts implements ParameterResolver {

  private static final Path DIRECTORY = Path.of("target", "shared-accounts");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Accounts.class;
  }

  @Override
  public Accounts resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedAccounts.class))
        .computeIfAbsent(
            "service",
            key -> Accounts.start(DIRECTORY, "tollgate.webhooks.allow-private-addresses=true"),
            Accounts.class);
  }
}
