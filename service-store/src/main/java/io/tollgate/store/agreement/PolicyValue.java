package io.tollgate.store.agreement;

import io.tollgate.model.PolicyLevel;
import io.tollgate.model.RuleId;
import java.util.Optional;

/**
 * The value of a policy at an instant, and the level that set it.
 *
 * @param value the value
 * @param level the level of the agreement that won
 * @param rule the contract rule it belongs to
 * @param row the policy row; empty for the built-in default
 * @param author who entered that row
 * @param <T> the value's type
 */
public record PolicyValue<T>(
    T value, PolicyLevel level, RuleId rule, Optional<Long> row, Optional<String> author) {}
