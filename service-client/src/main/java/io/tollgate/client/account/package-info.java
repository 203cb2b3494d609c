/** Accounts, contacts, service instances, and commands to platforms. */
@NullMarked
package io.tollgate.client.account;

import org.jspecify.annotations.NullMarked;
