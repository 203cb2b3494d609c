/** Topics, client configurations and the persisted instance id. */
@NullMarked
package io.tollgate.support.kafka;

import org.jspecify.annotations.NullMarked;
