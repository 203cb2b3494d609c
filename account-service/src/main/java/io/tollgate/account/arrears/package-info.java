/** What billing and notification tell, applied to the instances concerned. */
@NullMarked
package io.tollgate.account.arrears;

import org.jspecify.annotations.NullMarked;
