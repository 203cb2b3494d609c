package io.tollgate.billing.journal;

import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * What the postings of a cause have in common, also those that a recomputation books later.
 *
 * @param rule the contract rule that authorised the cause
 * @param valueTime when it counts
 */
record Origin(RuleId rule, Instant valueTime) {}
