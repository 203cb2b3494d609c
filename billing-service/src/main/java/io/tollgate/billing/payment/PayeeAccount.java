package io.tollgate.billing.payment;

import io.tollgate.model.AccountId;
import java.time.Instant;

/**
 * A bank account of the provider that is kept for one customer alone: what is remitted to it is
 * that customer's (C2.2, A).
 *
 * @param payee its number, as a remittance names it
 * @param account whose
 * @param agreement the agreement under which it was assigned; may be empty
 * @param assignedAt since when
 */
record PayeeAccount(String payee, AccountId account, String agreement, Instant assignedAt) {}
