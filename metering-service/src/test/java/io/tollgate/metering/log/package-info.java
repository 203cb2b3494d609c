/** The log of usage: kinds of records, and how they are appended. */
@NullMarked
package io.tollgate.metering.log;

import org.jspecify.annotations.NullMarked;
