/** Money, time and identifiers: the vocabulary every service shares. */
@NullMarked
package io.tollgate.model;

import org.jspecify.annotations.NullMarked;
