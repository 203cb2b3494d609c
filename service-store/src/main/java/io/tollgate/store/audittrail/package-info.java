/** The append-only trail: who, when, what, why, by which rule (section 15). */
@NullMarked
package io.tollgate.store.audittrail;

import org.jspecify.annotations.NullMarked;
