/** The account service on real Kafka and PostgreSQL. */
@NullMarked
package io.tollgate.account;

import org.jspecify.annotations.NullMarked;
