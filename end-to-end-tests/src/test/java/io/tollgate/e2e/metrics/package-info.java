/** The numbers that running services show, and the page that lists them. */
@NullMarked
package io.tollgate.e2e.metrics;

import org.jspecify.annotations.NullMarked;
