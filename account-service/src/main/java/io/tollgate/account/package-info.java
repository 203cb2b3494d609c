/** Accounts, contacts, service instances and their life from opening to release. */
@NullMarked
package io.tollgate.account;

import org.jspecify.annotations.NullMarked;
