/** Pure rules of totals: what a series is and how events change it. */
@NullMarked
package io.tollgate.metering.aggregation;

import org.jspecify.annotations.NullMarked;
