/** What billing knows of accounts and their instances, as the account service tells it. */
@NullMarked
package io.tollgate.billing.account;

import org.jspecify.annotations.NullMarked;
