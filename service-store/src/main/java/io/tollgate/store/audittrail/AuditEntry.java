package io.tollgate.store.audittrail;

import io.tollgate.model.AccountId;
import java.util.Optional;

/**
 * An entry of the audit trail; {@link AuditTrail} adds its time.
 *
 * @param who a credential's subject, or the service for automatic actions
 * @param account the account it concerns, if it is one's
 * @param subjectKind what it is about, e.g. {@code instance}
 * @param subjectId which one
 * @param what what was done
 * @param rule the contract rule that authorised it
 * @param reason why
 */
public record AuditEntry(
    String who,
    Optional<AccountId> account,
    String subjectKind,
    String subjectId,
    String what,
    String rule,
    String reason) {}
