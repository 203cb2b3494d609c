/** Tests of the intake of usage. */
@NullMarked
package io.tollgate.billing.account;

import org.jspecify.annotations.NullMarked;
