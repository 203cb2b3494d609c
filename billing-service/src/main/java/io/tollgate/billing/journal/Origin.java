package io.tollgate.billing.journal;

import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * What all postings of a cause have in common, also those that a recomputation adds later.
 *
 * @param rule the contract rule that authorised the cause
 * @param valueTime when the cause takes effect
 */
record Origin(RuleId rule, Instant valueTime) {}
