/** A month of a small cloud: its sample, its run on the test clock, what came out of it. */
@NullMarked
package io.tollgate.standalone.demo;

import org.jspecify.annotations.NullMarked;
