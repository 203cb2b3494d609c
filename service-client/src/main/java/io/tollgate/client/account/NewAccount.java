package io.tollgate.client.account;

import java.util.Optional;

/** An account to be opened. */
public record NewAccount(String account, Optional<String> currency) {}
