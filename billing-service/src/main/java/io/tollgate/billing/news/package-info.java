/** Telling accounts of changes of the catalogue that concern them. */
@NullMarked
package io.tollgate.billing.news;

import org.jspecify.annotations.NullMarked;
