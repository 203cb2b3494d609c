/**
 * Measures the running system, each figure beside its limit measured in the same run
 * (docs/performance.md). The load comes from this process, the system runs in another.
 */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
