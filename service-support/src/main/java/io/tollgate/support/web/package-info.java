/** HTTP as every service speaks it: problem details, strict JSON, paging, bounds. */
@NullMarked
package io.tollgate.support.web;

import org.jspecify.annotations.NullMarked;
