/**
 * Money that an operator gives an account by hand, or takes back again; above an amount that a
 * policy says, a second operator has to agree.
 */
@NullMarked
package io.tollgate.billing.concession;

import org.jspecify.annotations.NullMarked;
