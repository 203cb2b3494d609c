/** The typed client of all services. */
@NullMarked
package io.tollgate.client.api;

import org.jspecify.annotations.NullMarked;
