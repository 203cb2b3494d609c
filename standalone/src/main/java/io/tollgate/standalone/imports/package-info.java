/**
 * Readers of other systems' measurements: pure functions from what was exported to usage events
 * whose ids are stable, so that importing again counts nothing twice.
 */
@NullMarked
package io.tollgate.standalone.imports;

import org.jspecify.annotations.NullMarked;
