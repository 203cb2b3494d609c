/** The topology of one task, record by record and without a broker. */
@NullMarked
package io.tollgate.metering.topology;

import org.jspecify.annotations.NullMarked;
