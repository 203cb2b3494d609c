@NullMarked
package io.tollgate.client;

import org.jspecify.annotations.NullMarked;
