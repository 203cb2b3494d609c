/** Starts, drives, kills and asks a deployment from outside. */
@NullMarked
package io.tollgate.e2e.testing;

import org.jspecify.annotations.NullMarked;
