/** Tests of the intake of usage. */
@NullMarked
package io.tollgate.billing.usage;

import org.jspecify.annotations.NullMarked;
