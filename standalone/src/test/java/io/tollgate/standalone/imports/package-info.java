@NullMarked
package io.tollgate.standalone.imports;

import org.jspecify.annotations.NullMarked;
