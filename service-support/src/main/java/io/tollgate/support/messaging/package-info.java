/** Kafka: topics, client configurations, the ends of logs and the persisted instance id. */
@NullMarked
package io.tollgate.support.messaging;

import org.jspecify.annotations.NullMarked;
