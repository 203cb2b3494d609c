/**
 * The lifecycle of a service instance under debt, holds, termination and deletion (C2.3, C4.1.4,
 * C4.1.5, section 6): pure rules, no clock, no storage.
 */
@NullMarked
package io.tollgate.account.lifecycle;

import org.jspecify.annotations.NullMarked;
