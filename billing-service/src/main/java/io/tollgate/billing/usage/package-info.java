/**
 * Usage as metering tells it: the last revision of every window, the markers that prove that
 * nothing is missing, and the billing cycles that wait to be charged.
 */
@NullMarked
package io.tollgate.billing.usage;

import org.jspecify.annotations.NullMarked;
