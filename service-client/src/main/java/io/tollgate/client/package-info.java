/** The HTTP client that the command line, the tools and the tests share. */
@NullMarked
package io.tollgate.client;

import org.jspecify.annotations.NullMarked;
