/** Whether every accepted event is accounted for. */
@NullMarked
package io.tollgate.metering.audit;

import org.jspecify.annotations.NullMarked;
