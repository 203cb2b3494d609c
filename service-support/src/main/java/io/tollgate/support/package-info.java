/**
 * What every service needs, with or without a database: its identity, and the named points at which
 * fault tests kill the process.
 */
@NullMarked
package io.tollgate.support;

import org.jspecify.annotations.NullMarked;
