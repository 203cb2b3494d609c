/**
 * How a charge line keeps the way it was rated: written by charging, read wherever lines are shown.
 */
@NullMarked
package io.tollgate.billing.line;

import org.jspecify.annotations.NullMarked;
