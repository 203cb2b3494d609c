/** How far everything of the accounts of a partition has been told (section 6). */
@NullMarked
package io.tollgate.billing.watermark;

import org.jspecify.annotations.NullMarked;
