/**
 * Real infrastructure without an installation: a KRaft broker, PostgreSQL and SMTP, durable in a
 * directory.
 */
@NullMarked
package io.tollgate.embedded;

import org.jspecify.annotations.NullMarked;
