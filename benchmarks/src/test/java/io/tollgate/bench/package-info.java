/** What the benchmark computes from what it measures, and whether all of it runs. */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
