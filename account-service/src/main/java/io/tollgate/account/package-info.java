/** Accounts, contacts, service instances and their lifecycle from opening to release. */
@NullMarked
package io.tollgate.account;

import org.jspecify.annotations.NullMarked;
