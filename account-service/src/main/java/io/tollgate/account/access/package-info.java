/** Who sees what: the account or platform of the credential, for every SQL predicate. */
@NullMarked
package io.tollgate.account.access;

import org.jspecify.annotations.NullMarked;
