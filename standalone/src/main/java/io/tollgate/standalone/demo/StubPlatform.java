package io.tollgate.standalone.demo;

import io.tollgate.client.account.AccountClient;
import io.tollgate.client.account.Command;
import io.tollgate.standalone.Api;
import java.util.ArrayList;
import java.util.List;

/** A resource platform that does at once whatever it is told, and says so. */
final class StubPlatform {

  private static final String NAME = "demo";

  private final Api api;
  private final List<String> done = new ArrayList<>();

  StubPlatform(Api api) {
    this.api = api;
  }

  /** Carries out what waits, and tells how many commands that were. */
  int carryOut() {
    AccountClient accounts = api.asPlatform().accounts();
    List<Command> pending = accounts.pendingCommands(NAME).toList();
    for (Command command : pending) {
      var unused = accounts.acknowledge(NAME, command.command());
      done.add("%s %s %s".formatted(command.wantedAt(), command.kind(), command.instance()));
    }
    return pending.size();
  }

  /** What it was told and did. */
  List<String> done() {
    return List.copyOf(done);
  }
}
