/**
 * What every service needs once, with or without a database: its identity, and named places to die
 * at.
 */
@NullMarked
package io.tollgate.support;

import org.jspecify.annotations.NullMarked;
