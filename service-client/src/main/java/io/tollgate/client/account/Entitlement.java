package io.tollgate.client.account;

import java.time.Instant;
import java.util.List;

/** Whether an instance may run now. */
public record Entitlement(
    String instance,
    boolean mayRun,
    boolean restricted,
    String state,
    List<String> holds,
    Instant at) {}
