/** What falls due by time alone: unpaid bills, and the daily penalty on what is owed (C2.3). */
@NullMarked
package io.tollgate.billing.penalty;

import org.jspecify.annotations.NullMarked;
