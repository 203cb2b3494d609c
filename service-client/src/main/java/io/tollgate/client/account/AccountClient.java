package io.tollgate.client.account;

import static io.tollgate.client.Calls.path;

import io.tollgate.client.Calls;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The account service: accounts, contacts, service instances, commands to platforms. */
public final class AccountClient {

  private static final String COMMANDS = "/v1/platforms/{platform}/commands";

  private final Calls calls;

  /** Calls the service. */
  public AccountClient(Calls calls) {
    this.calls = calls;
  }

  /** Opens an account; the same one again changes nothing. */
  public Account open(NewAccount account) {
    return calls.post("/v1/accounts", account, Account.class);
  }

  /** An account and its debt. */
  public Account account(String account) {
    return calls.get(path("/v1/accounts/{account}", account), Account.class);
  }

  /** All accounts that the token may see. */
  public Stream<Account> accounts() {
    return calls.pages("/v1/accounts", Account.class);
  }

  /** Replaces the contacts that notices go to, from the next notice on (C3.1.2). */
  public void replaceContacts(String account, Contacts contacts) {
    var unused =
        calls.put(path("/v1/accounts/{account}/contacts", account), contacts, JsonNode.class);
  }

  /** Registers an instance; the same one again changes nothing. */
  public Instance register(String account, NewInstance instance) {
    return calls.post(path("/v1/accounts/{account}/instances", account), instance, Instance.class);
  }

  /** An account's instances. */
  public Stream<Instance> instances(String account) {
    return calls.pages(path("/v1/accounts/{account}/instances", account), Instance.class);
  }

  /** An instance. */
  public Instance instance(String instance) {
    return calls.get(path("/v1/instances/{instance}", instance), Instance.class);
  }

  /** Whether an instance may run now. */
  public Entitlement entitlement(String instance) {
    return calls.get(path("/v1/instances/{instance}/entitlement", instance), Entitlement.class);
  }

  /** Releases an instance: its data is deleted at once, without a retention period (C4.1.4). */
  public Instance release(String instance) {
    return calls.post(path("/v1/instances/{instance}/release", instance), Instance.class);
  }

  /** The commands that a platform has yet to carry out, in their order. */
  public Stream<Command> pendingCommands(String platform) {
    return calls.pages(path(COMMANDS, platform) + "?pending=true", Command.class);
  }

  /** Acknowledges a command that was carried out; doing so again changes nothing. */
  public Command acknowledge(String platform, String command) {
    return calls.post(
        path(COMMANDS + "/{command}/acknowledgement", platform, command), Command.class);
  }
}
