/** Accounts, their instances and contacts, as notices need them. */
@NullMarked
package io.tollgate.notification.directory;

import org.jspecify.annotations.NullMarked;
