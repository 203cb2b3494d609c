/** Tests of what ingest lets in. */
@NullMarked
package io.tollgate.metering.ingest;

import org.jspecify.annotations.NullMarked;
