/** What must always be true of accounts, instances and commands; and their numbers. */
@NullMarked
package io.tollgate.account.audit;

import org.jspecify.annotations.NullMarked;
