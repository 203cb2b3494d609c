/** What should run compared with what the platform says runs. */
@NullMarked
package io.tollgate.account.reconciliation;

import org.jspecify.annotations.NullMarked;
