package io.tollgate.store.agreement;

import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.Optional;

/**
 * The value that one level of the agreement sets from an instant on. Immutable: a later row of the
 * same level replaces it.
 *
 * @param id grows with each row
 * @param name the policy
 * @param level who says so
 * @param product for which product; empty for all
 * @param value the value, as written
 * @param effectiveFrom from when on
 * @param author who entered it
 * @param reason why
 */
public record PolicyRow(
    long id,
    String name,
    PolicyLevel level,
    Optional<ProductId> product,
    String value,
    Instant effectiveFrom,
    String author,
    String reason) {}
