/** The OpenAPI documents against the running services. */
@NullMarked
package io.tollgate.e2e.documents;

import org.jspecify.annotations.NullMarked;
