package io.tollgate.standalone.demo;

import java.time.Instant;

/** Money that arrives during the month. */
public record LaterRecharge(String account, String transaction, String amount, Instant at) {}
