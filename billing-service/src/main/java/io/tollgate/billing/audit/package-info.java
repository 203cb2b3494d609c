/** What must always be true of money, checked on the stored data (docs/invariants.md). */
@NullMarked
package io.tollgate.billing.audit;

import org.jspecify.annotations.NullMarked;
