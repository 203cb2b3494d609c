/**
 * What travels between the services: CloudEvents 1.0 in JSON, one sealed family of records per
 * topic.
 */
@NullMarked
package io.tollgate.model.event;

import org.jspecify.annotations.NullMarked;
