/** Usage events, meters, usage totals, and what became of an event. */
@NullMarked
package io.tollgate.client.metering;

import org.jspecify.annotations.NullMarked;
