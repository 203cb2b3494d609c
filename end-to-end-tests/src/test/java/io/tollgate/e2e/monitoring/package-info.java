/** The application as a real Prometheus sees it. */
@NullMarked
package io.tollgate.e2e.monitoring;

import org.jspecify.annotations.NullMarked;
