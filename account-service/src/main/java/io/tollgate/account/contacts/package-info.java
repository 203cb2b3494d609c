/** Contacts of accounts (C3.1.2): here and on one compacted topic, nowhere else. */
@NullMarked
package io.tollgate.account.contacts;

import org.jspecify.annotations.NullMarked;
