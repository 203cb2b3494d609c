package io.tollgate.standalone;

import io.tollgate.model.AccountId;
import io.tollgate.standalone.DataDirectory.TokenRole;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description =
        "Prints an access token for the services of the data directory, or for those that trust its"
            + " key.")
final class TokenCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Parameters(paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES} (any case).")
  private TokenRole role = TokenRole.OPERATOR;

  @Option(names = "--account", paramLabel = "ACCOUNT", description = "The customer's account.")
  private @Nullable AccountId account;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Subject of the token (default: the role, or 'demo' for a platform), e.g. a second"
              + " operator who approves requests of the first, or another platform.")
  private @Nullable String name;

  @Option(
      names = "--valid",
      paramLabel = "DURATION",
      defaultValue = "P1D",
      description = "Validity period, e.g. PT8H (default: ${DEFAULT-VALUE}).")
  private Duration validity = Duration.ofDays(1);

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (role == TokenRole.CUSTOMER && account == null) {
      throw new CommandException("a customer token is bound to an account: add --account");
    }
    if (role != TokenRole.CUSTOMER && account != null) {
      throw new CommandException("only a customer token is bound to an account: omit --account");
    }
    if (!validity.isPositive()) {
      throw new CommandException("--valid %s: must be positive".formatted(validity));
    }
    Output.line(
        Output.of(spec),
        data.withKey()
            .token(role, Optional.ofNullable(name), Optional.ofNullable(account), validity));
    return ExitCode.DONE;
  }
}
