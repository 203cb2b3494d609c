/** Holds on instances and whole accounts: who placed them, who lifted them. */
@NullMarked
package io.tollgate.account.holds;

import org.jspecify.annotations.NullMarked;
